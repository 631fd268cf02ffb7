using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Redress;
using Ringfence.Edge.Telemetry;
using Ringfence.Edge.Web.Pages;

namespace Ringfence.Edge.Web.Desk;

/// <summary>For the operator: the appeals of refused callers, and the answers to them.</summary>
internal sealed class AppealEndpoints(RedressDesk desk, PageRenderer renderer, ILogger log)
{
    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/appeals", PageAsync).ExcludeFromDescription();
        routes.MapPost("/appeals/{token}", PostedAsync).ExcludeFromDescription();
        RouteGroupBuilder api = routes.MapGroup("/api/v1/appeals").WithTags("redress");
        api.MapGet(
                "",
                async (
                    HttpContext context,
                    [Description("Only those in this state: open, granted or declined")] string? state
                ) =>
                    (await AllAsync("en", context.RequestAborted).ConfigureAwait(false)).Where(entry =>
                        state is null || entry.State == state
                    )
            )
            .WithName("appeals")
            .WithSummary("Appeals, those that nobody has answered first")
            .Produces<AppealEntry[]>();
        api.MapPost("/{token}", AnswerAsync)
            .WithName("answer")
            .WithSummary("Grants or declines an appeal; the caller reads the answer on its page")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private async Task<AppealEntry[]> AllAsync(string language, CancellationToken cancellation) =>
        [
            .. (await desk.AppealsAsync(cancellation).ConfigureAwait(false)).Select(pair =>
                AppealEntry.Of(pair.Appeal, pair.Call, language)
            ),
        ];

    private async Task<IResult> AnswerAsync(HttpContext context, string token, AppealDecision decision) =>
        await DecideAsync(token, decision.Grant, decision.Answer, context.RequestAborted).ConfigureAwait(false)
            ? Results.NoContent()
            : Results.Problem("Nobody appealed under this token.", statusCode: StatusCodes.Status404NotFound);

    private async Task PageAsync(HttpContext context)
    {
        string? asked = context.Request.Query["lang"];
        string language = DeskTexts.IsThere(asked) ? asked! : Negotiation.Language(context, null).Code;
        string html = await renderer
            .RenderAsync<AppealsPage>(
                (nameof(AppealsPage.Language), language),
                (nameof(AppealsPage.Entries), await AllAsync(language, context.RequestAborted).ConfigureAwait(false))
            )
            .ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        await Web.Answer.HtmlAsync(context, html, language).ConfigureAwait(false);
    }

    private async Task PostedAsync(HttpContext context)
    {
        string token = (string)context.Request.RouteValues["token"]!;
        WhyEndpoints.Bound(context);
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        await DecideAsync(token, form["decision"] == "grant", form["answer"], context.RequestAborted)
            .ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = $"/appeals{context.Request.QueryString}";
    }

    private async Task<bool> DecideAsync(string token, bool isGranted, string? answer, CancellationToken cancellation)
    {
        bool isDone = await desk.AnswerAsync(token, isGranted, answer?.Trim() ?? "", cancellation)
            .ConfigureAwait(false);
        if (isDone)
        {
            EdgeLog.AppealAnswered(log, token[..6], isGranted ? "granted" : "declined");
        }

        return isDone;
    }
}
