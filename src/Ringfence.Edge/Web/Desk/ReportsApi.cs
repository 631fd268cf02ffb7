using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Telemetry;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Reputation;

namespace Ringfence.Edge.Web.Desk;

/// <summary>Reports of unwanted calls: <c>POST /api/v1/reports</c>, and by a call's id with a button.</summary>
internal sealed class ReportsApi(EvidenceBook book, EvidenceStore store, ILogger log, TimeProvider clock)
{
    private const string LastCall =
        "SELECT id, caller, callee, verification, attestation FROM calls WHERE caller = @caller AND callee = @callee ORDER BY started DESC LIMIT 1";

    internal void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapGroup("/api/v1").WithTags("evidence");
        api.MapPost("/reports", ReportAsync)
            .WithName("report")
            .WithSummary(
                "A callee says that a caller was unwanted: onto its list, and into the caller's reputation where that is proven"
            )
            .Produces<ReportAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapPost(
                "/calls/{id}/unwanted",
                (HttpContext context, string id) => OfCallAsync(context, id, isWanted: false)
            )
            .WithName("unwanted")
            .WithSummary("The callee of this call did not want it")
            .Produces<ReportAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/calls/{id}/wanted", (HttpContext context, string id) => OfCallAsync(context, id, isWanted: true))
            .WithName("wanted")
            .WithSummary(
                "The callee of this call wants it: its caller leaves the callee's block list and goes onto its allow list"
            )
            .Produces<ReportAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private async Task<IResult> ReportAsync(HttpContext context, ReportRequest report)
    {
        if (
            DeskParty.Read(report.Caller, "caller", out Party caller) is { } fault
            || (fault = DeskParty.Read(report.Callee, "callee", out Party callee)) is not null
        )
        {
            return Results.Problem(fault, statusCode: StatusCodes.Status400BadRequest);
        }

        ReportChannel? channel = report.Via switch
        {
            null or "api" => ReportChannel.Api,
            "button" => ReportChannel.Button,
            "command" => ReportChannel.Command,
            _ => null,
        };
        if (channel is null)
        {
            return Results.Problem("via: api, button or command.", statusCode: StatusCodes.Status400BadRequest);
        }

        CallOfRecord? call = store.Read(c =>
            c.QueryFirstOrDefault<CallOfRecord>(LastCall, new { caller = caller.Text, callee = callee.Text })
        );
        return await TakeAsync(context, caller, callee, call, channel.Value).ConfigureAwait(false);
    }

    private async Task<IResult> OfCallAsync(HttpContext context, string id, bool isWanted)
    {
        CallOfRecord? call = store.Read(c =>
            c.QueryFirstOrDefault<CallOfRecord>(
                "SELECT id, caller, callee, verification, attestation FROM calls WHERE id = @id",
                new { id }
            )
        );
        if (call is null)
        {
            return Results.Problem(
                "No call with this id is in the records.",
                statusCode: StatusCodes.Status404NotFound
            );
        }

        Party caller = Party.Parse(call.Caller);
        Party callee = Party.Parse(call.Callee);
        if (!isWanted)
        {
            return await TakeAsync(context, caller, callee, call, ReportChannel.Button).ConfigureAwait(false);
        }

        book.Put(
            callee,
            new Ringfence.Screening.Lists.PersonalEntry
            {
                Caller = caller,
                IsAllowed = true,
                Since = clock.GetUtcNow(),
                Channel = ReportChannel.Button,
            }
        );
        return Results.Json(Answer(caller, callee, "", call.Id));
    }

    private async Task<IResult> TakeAsync(
        HttpContext context,
        Party caller,
        Party callee,
        CallOfRecord? call,
        ReportChannel channel
    )
    {
        var spoken = new SpokenOfCall(
            caller,
            callee,
            call is { Verification: "Passed", Attestation: "A" },
            0,
            call?.Id ?? ""
        );
        ReportOutcome outcome = book.Unwanted(spoken, channel, clock.GetUtcNow());
        EdgeLog.Unwanted(log, spoken.CallId, callee.Text, caller.Text, channel, outcome);
        if (book.Writer is { } writer)
        {
            await writer.SettleAsync(context.RequestAborted).ConfigureAwait(false);
        }

        return Results.Json(
            Answer(caller, callee, outcome.ToString(), spoken.CallId),
            statusCode: StatusCodes.Status201Created
        );
    }

    private ReportAnswer Answer(in Party caller, in Party callee, string outcome, string call) =>
        new()
        {
            Caller = caller.Text,
            Callee = callee.Text,
            Blocked = book.EntryOf(callee, caller, clock.GetUtcNow()) is { IsAllowed: false },
            Until = book.EntryOf(callee, caller, clock.GetUtcNow())?.Until,
            Outcome = outcome,
            Call = call,
        };

    private sealed record CallOfRecord
    {
        public string Id { get; init; } = "";
        public string Caller { get; init; } = "";
        public string Callee { get; init; } = "";
        public string Verification { get; init; } = "";
        public string Attestation { get; init; } = "";
    }
}
