using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ringfence.Edge.Web.Desk;
using Ringfence.Edge.Web.Pages;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Web.Operate;

/// <summary><c>/</c>: what goes on, for the operator; for others the way to the reference.</summary>
internal sealed class OverviewEndpoints(EdgeHost edge, OperatorPages pages, CallArchive archive, CallBoard board)
{
    private const int Latest = 8;

    internal void Map(IEndpointRouteBuilder routes) => OperatorPages.Get(routes, "/", ShowAsync);

    private async Task ShowAsync(HttpContext context, CodePath path)
    {
        if (!OperatorAccess.IsOperator(context))
        {
            context.Response.Redirect(context.Request.Path.Value is { Length: > 1 } ? path.Index : "/codes");
            return;
        }

        CallRows latest = await archive
            .CallsAsync(new CallFilter("", "", 0, ""), CallKey.Newest, Latest, context.RequestAborted)
            .ConfigureAwait(false);
        long appeals = await archive
            .ReadAsync(
                connection =>
                    connection.ExecuteScalar<long>(
                        "SELECT count(*) FROM (SELECT 1 FROM appeals WHERE state = 'open' LIMIT 1000)"
                    ),
                context.RequestAborted
            )
            .ConfigureAwait(false);
        var overview = new Overview
        {
            Now = edge.Calls,
            Hour = board.Hour(),
            Latest = latest.Calls,
            Findings = latest.Findings,
            OpenAppeals = appeals,
            LostRecords = edge.Services.Records.Lost,
            IsSound = edge.Services.ActsOnUnwanted,
            IsDraining = edge.Services.IsDraining,
            Listening = [.. edge.Listening.Select(address => address.ToString())],
            CallHere = edge
                .Listening.Where(address => address.Kind == TransportKind.Udp)
                .Select(address =>
                    address.EndPoint.ToString().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)
                )
                .DefaultIfEmpty("127.0.0.1:5060")
                .First(),
        };
        await pages.SendAsync<OverviewPage>(context, path, (nameof(OverviewPage.Seen), overview)).ConfigureAwait(false);
    }
}
