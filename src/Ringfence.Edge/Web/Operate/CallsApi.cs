using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ringfence.Edge.Web.Operate;

/// <summary>Calls for programs: <c>GET /api/v1/calls</c> and <c>GET /api/v1/calls/ID</c>.</summary>
internal sealed class CallsApi(CallArchive archive)
{
    private const int Longest = 500;

    internal void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapGroup("/api/v1/calls").WithTags("calls");
        api.MapGet(
                "",
                async (
                    HttpContext context,
                    [Description("Part of a number or address of either side, of the Call-ID, or an id")] string? q,
                    [Description("Progress, Challenge or Refuse")] string? verdict,
                    [Description("A status code, or a class: 6")] string? code,
                    [Description("The name of a trunk")] string? trunk,
                    [Description("next of the page before")] string? after,
                    [Description("50 without it, 500 at most")] int? limit
                ) =>
                {
                    CallRows rows = await archive
                        .CallsAsync(
                            CallFilter.Of(context.Request.Query),
                            CallKey.Parse(after),
                            Math.Clamp(limit ?? CallArchive.PageLength, 1, Longest),
                            context.RequestAborted
                        )
                        .ConfigureAwait(false);
                    return new CallListAnswer
                    {
                        Calls = [.. rows.Calls.Select(call => CallAnswer.Of(call, isWhole: false))],
                        Next = rows.Next?.ToString(),
                    };
                }
            )
            .WithName("calls")
            .WithSummary("The recorded calls, the newest first")
            .Produces<CallListAnswer>();
        api.MapGet(
                "/{id}",
                async (HttpContext context, string id) =>
                    await archive.CallAsync(id, context.RequestAborted).ConfigureAwait(false) is { } call
                        ? Results.Json(CallAnswer.Of(call, isWhole: true))
                        : Results.Problem(
                            "No call with this id is in the records.",
                            statusCode: StatusCodes.Status404NotFound
                        )
            )
            .WithName("call")
            .WithSummary("One recorded call, with its verdict, facts and verification")
            .Produces<CallAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }
}
