using System.ComponentModel;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Redress;
using Ringfence.Edge.Web.Pages;
using Ringfence.Screening.Refusal;

namespace Ringfence.Edge.Web.Desk;

/// <summary>
/// For refused callers: <c>/why/TOKEN</c> with the form to appeal, the same for programs, and the signed jCard that a 608 leads
/// to. A guess gets what every other guess gets.
/// </summary>
internal sealed class WhyEndpoints(EdgeServices services, RedressDesk desk, PageRenderer renderer, TimeProvider clock)
{
    private const int MaxBody = 16_384;

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/why/{token}", PageAsync).ExcludeFromDescription();
        routes.MapPost("/why/{token}", PostedAsync).ExcludeFromDescription();
        routes.MapGet("/redress/{token}", CardAsync).ExcludeFromDescription();
        RouteGroupBuilder api = routes.MapGroup("/api/v1/why").WithTags("redress");
        api.MapGet("/{token}", AnswerAsync)
            .WithName("why")
            .WithSummary("Why a call was refused, for whoever has its token")
            .Produces<WhyAnswer>()
            .Produces<WhyAnswer>(StatusCodes.Status404NotFound);
        api.MapPost("/{token}/appeal", AppealAsync)
            .WithName("appeal")
            .WithSummary("Appeals against the refusal; an appeal that nobody has answered is replaced")
            .Produces<WhyAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private async Task<WhyAnswer> FindAsync(string token, string language, CancellationToken cancellation)
    {
        RefusedCall? call = await desk.FindAsync(token, cancellation).ConfigureAwait(false);
        Appeal? appeal = call is null ? null : await desk.AppealAsync(token, cancellation).ConfigureAwait(false);
        return WhyAnswer.Of(call, appeal, services.State.Redress.Contact, language);
    }

    private async Task<IResult> AnswerAsync(
        HttpContext context,
        string token,
        [Description("en, fr, es or de; without it, the one of Accept-Language")] string? lang
    )
    {
        WhyAnswer answer = await FindAsync(token, Language(context, lang), context.RequestAborted)
            .ConfigureAwait(false);
        Private(context);
        return Results.Json(answer, statusCode: answer.Known ? StatusCodes.Status200OK : StatusCodes.Status404NotFound);
    }

    private async Task<IResult> AppealAsync(HttpContext context, string token, AppealRequest appeal, string? lang)
    {
        if (string.IsNullOrWhiteSpace(appeal.Message))
        {
            return Results.Problem("message: say what is wrong.", statusCode: StatusCodes.Status400BadRequest);
        }

        return await desk.AppealAsync(token, appeal.Reach?.Trim() ?? "", appeal.Message.Trim(), context.RequestAborted)
            .ConfigureAwait(false)
            ? await AnswerAsync(context, token, lang).ConfigureAwait(false)
            : Results.Problem(
                "There is nothing to appeal against, or it has been answered.",
                statusCode: StatusCodes.Status409Conflict
            );
    }

    private async Task PageAsync(HttpContext context)
    {
        string token = (string)context.Request.RouteValues["token"]!;
        await ShowAsync(context, token, isEmpty: false).ConfigureAwait(false);
    }

    private async Task PostedAsync(HttpContext context)
    {
        string token = (string)context.Request.RouteValues["token"]!;
        Bound(context);
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        string message = form["message"].ToString().Trim();
        if (message.Length == 0)
        {
            await ShowAsync(context, token, isEmpty: true).ConfigureAwait(false);
            return;
        }

        await desk.AppealAsync(token, form["reach"].ToString().Trim(), message, context.RequestAborted)
            .ConfigureAwait(false);
        // Whatever came of it stands on the page, and reloading that sends nothing again (RFC 9110 §15.4.4).
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = $"{context.Request.Path}{context.Request.QueryString}";
    }

    private async Task ShowAsync(HttpContext context, string token, bool isEmpty)
    {
        string language = Language(context, context.Request.Query["lang"]);
        WhyAnswer answer = await FindAsync(token, language, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode =
            isEmpty ? StatusCodes.Status400BadRequest
            : answer.Known ? StatusCodes.Status200OK
            : StatusCodes.Status404NotFound;
        string html = await renderer
            .RenderAsync<WhyPage>(
                (nameof(WhyPage.Language), language),
                (nameof(WhyPage.Answer), answer),
                (nameof(WhyPage.IsEmpty), isEmpty)
            )
            .ConfigureAwait(false);
        Private(context);
        await Web.Answer.HtmlAsync(context, html, language).ConfigureAwait(false);
    }

    /// <summary>Made when it is fetched, and the same for any token: its address answers and tells nothing (RFC 8688 §6).</summary>
    private Task CardAsync(HttpContext context)
    {
        string token = (string)context.Request.RouteValues["token"]!;
        RedressConfiguration redress = services.State.Redress;
        if (!RedressTokens.IsWellFormed(token) || redress is not { Signer: { } signer, Contact: { } contact })
        {
            return Results.NotFound().ExecuteAsync(context);
        }

        string card = signer.Issue(contact, redress.Why(token), clock.GetUtcNow());
        Private(context);
        return Web.Answer.SendAsync(context, Encoding.ASCII.GetBytes(card), SignedJCard.MediaType);
    }

    private static string Language(HttpContext context, string? asked) =>
        DeskTexts.IsThere(asked) ? asked! : Negotiation.Language(context, null).Code;

    private static void Private(HttpContext context) => context.Response.Headers.CacheControl = "no-store";

    /// <summary>Long enough for any appeal, and read into memory by anybody who asks.</summary>
    internal static void Bound(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBody;
        }
    }
}
