using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ringfence.Edge.Web.Operate;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Reputation;

namespace Ringfence.Edge.Web.Desk;

/// <summary>Reports of unwanted calls: <c>POST /api/v1/reports</c>, and by a call's id with a button.</summary>
internal sealed class ReportsApi(CallReports reports)
{
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

        ReportAnswer answer = await reports
            .UnwantedAsync(caller, callee, reports.Last(caller, callee), channel.Value, context.RequestAborted)
            .ConfigureAwait(false);
        return Results.Json(answer, statusCode: StatusCodes.Status201Created);
    }

    private async Task<IResult> OfCallAsync(HttpContext context, string id, bool isWanted)
    {
        if (reports.Find(id) is not { } call)
        {
            return Results.Problem(
                "No call with this id is in the records.",
                statusCode: StatusCodes.Status404NotFound
            );
        }

        if (isWanted)
        {
            return Results.Json(await reports.WantedAsync(call, context.RequestAborted).ConfigureAwait(false));
        }

        (Party caller, Party callee) = call.Parties;
        ReportAnswer answer = await reports
            .UnwantedAsync(caller, callee, call, ReportChannel.Button, context.RequestAborted)
            .ConfigureAwait(false);
        return Results.Json(answer, statusCode: StatusCodes.Status201Created);
    }
}
