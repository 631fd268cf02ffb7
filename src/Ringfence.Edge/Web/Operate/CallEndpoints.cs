using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ringfence.Edge.LiveFindings;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Web.Desk;
using Ringfence.Edge.Web.Pages;
using Ringfence.Screening.Reputation;

namespace Ringfence.Edge.Web.Operate;

/// <summary><c>/calls</c> and <c>/calls/ID</c>: what became of calls and why, and the buttons of their callees.</summary>
internal sealed class CallEndpoints(
    EdgeServices services,
    OperatorPages pages,
    CallArchive archive,
    CallSheets sheets,
    CallReports reports
)
{
    internal void Map(IEndpointRouteBuilder routes)
    {
        OperatorPages.Get(routes, "/calls", CallsAsync);
        OperatorPages.Get(routes, "/calls/{id}", CallAsync);
        routes.MapGet("/calls/{id}/early.wav", RecordingAsync).ExcludeFromDescription();
        OperatorPages.Get(routes, "/calls/{id}/case.zip", CaseAsync);
        foreach (string said in (string[])["unwanted", "wanted", "undo"])
        {
            pages.Post(
                routes,
                $"/calls/{{id}}/{said}",
                context => $"calls/{Id(context)}/{said}",
                (context, path, _) => SayAsync(context, path, said)
            );
        }
    }

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private async Task CallsAsync(HttpContext context, CodePath path)
    {
        IQueryCollection query = context.Request.Query;
        var filter = CallFilter.Of(query);
        var after = CallKey.Parse(query["after"]);
        CallRows rows = await archive
            .CallsAsync(filter, after, CallArchive.PageLength, context.RequestAborted)
            .ConfigureAwait(false);
        await pages
            .SendAsync<CallsPage>(
                context,
                path,
                (nameof(CallsPage.Filter), filter),
                (nameof(CallsPage.Rows), rows),
                (nameof(CallsPage.Trunks), (string[])[.. services.State.Trunks.Select(trunk => trunk.Name)]),
                (nameof(CallsPage.IsFirst), after == CallKey.Newest),
                (nameof(CallsPage.Search), context.Request.QueryString.Value)
            )
            .ConfigureAwait(false);
    }

    private async Task CallAsync(HttpContext context, CodePath path)
    {
        string id = Id(context);
        bool isReplayed = context.Request.Query.ContainsKey("replay");
        CallSheet? sheet = await sheets.OfAsync(id, path, isReplayed, context.RequestAborted).ConfigureAwait(false);
        if (sheet is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await pages.SendAsync<NoCallPage>(context, path).ConfigureAwait(false);
            return;
        }

        await pages
            .SendAsync<CallPage>(
                context,
                path,
                (nameof(CallPage.Sheet), sheet),
                (nameof(CallPage.IsReplayed), isReplayed),
                (nameof(CallPage.Seal), (Func<string, string>)(said => pages.Seal.On($"calls/{id}/{said}")))
            )
            .ConfigureAwait(false);
    }

    private async Task<string> SayAsync(HttpContext context, CodePath path, string said)
    {
        if (reports.Find(Id(context)) is { } call)
        {
            (Screening.Facts.Party caller, Screening.Facts.Party callee) = call.Parties;
            await (
                said switch
                {
                    "unwanted" => reports.UnwantedAsync(
                        caller,
                        callee,
                        call,
                        ReportChannel.Button,
                        context.RequestAborted
                    ),
                    "wanted" => reports.WantedAsync(call, context.RequestAborted),
                    _ => reports.UndoAsync(call, context.RequestAborted),
                }
            ).ConfigureAwait(false);
        }

        return path.Of($"calls/{Id(context)}") + "#list";
    }

    private async Task RecordingAsync(HttpContext context)
    {
        Storage.CallRecord? call = await archive.CallAsync(Id(context), context.RequestAborted).ConfigureAwait(false);
        if (call is null || sheets.Recording(call) is not { } file)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        WhyEndpoints.Private(context);
        await Results.File(file, "audio/wav", enableRangeProcessing: true).ExecuteAsync(context).ConfigureAwait(false);
    }

    private async Task CaseAsync(HttpContext context, CodePath path)
    {
        TracedCall? messages = await archive.MessagesAsync(Id(context), context.RequestAborted).ConfigureAwait(false);
        if (messages is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await pages.SendAsync<NoCallPage>(context, path).ConfigureAwait(false);
            return;
        }

        WhyEndpoints.Private(context);
        context.Response.Headers.ContentDisposition = string.Create(
            CultureInfo.InvariantCulture,
            $"attachment; filename=\"case-{DateTimeOffset.FromUnixTimeMilliseconds(messages.Began):yyyyMMddTHHmmss}.zip\""
        );
        byte[] file = CaseFile.Of(messages, path.Language.Code, context.RequestAborted);
        await Answer.SendAsync(context, file, "application/zip").ConfigureAwait(false);
    }
}
