using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ringfence.Codes;
using Ringfence.Edge.Web.Desk;

namespace Ringfence.Edge.Web.Operate;

/// <summary>What the operator's pages have in common: an address in each language, one frame, nothing kept by browsers or proxies.</summary>
internal sealed class OperatorPages(PageRenderer renderer, FormSeal seal)
{
    internal FormSeal Seal => seal;

    /// <summary>A page under its own address, in the reader's language, and under <c>/fr/…</c>.</summary>
    internal static void Get(IEndpointRouteBuilder routes, string pattern, Func<HttpContext, CodePath, Task> answer) =>
        Each((prefix, language) => routes.MapGet(prefix + pattern, Asked(language, answer)));

    /// <summary>What a form of such a page does; it is read, its seal checked, and the reader sent back to where the action says.</summary>
    internal void Post(
        IEndpointRouteBuilder routes,
        string pattern,
        Func<HttpContext, string> action,
        Func<HttpContext, CodePath, IFormCollection, Task<string>> act
    ) =>
        Each(
            (prefix, language) =>
                routes.MapPost(
                    prefix + pattern,
                    Asked(language, (context, path) => ActAsync(context, path, action(context), act))
                )
        );

    /// <summary>Renders and sends a page.</summary>
    internal async Task SendAsync<T>(
        HttpContext context,
        CodePath path,
        params (string Name, object? Value)[] parameters
    )
        where T : IComponent
    {
        string html = await renderer.RenderAsync<T>([("Path", path), .. parameters]).ConfigureAwait(false);
        WhyEndpoints.Private(context);
        await Answer.HtmlAsync(context, html, path.Language.Code).ConfigureAwait(false);
    }

    private async Task ActAsync(
        HttpContext context,
        CodePath path,
        string action,
        Func<HttpContext, CodePath, IFormCollection, Task<string>> act
    )
    {
        WhyEndpoints.Bound(context);
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        if (!seal.IsOn(action, form))
        {
            await Results
                .Problem(
                    "The form was not filled in on a page of this edge since it began. Load the page anew, and press the button again.",
                    statusCode: StatusCodes.Status403Forbidden
                )
                .ExecuteAsync(context)
                .ConfigureAwait(false);
            return;
        }

        // Whatever came of it stands on the page, and reloading that sends nothing again (RFC 9110 §15.4.4).
        string place = await act(context, path, form).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = place;
    }

    private static void Each(Func<string, string?, IEndpointConventionBuilder> map)
    {
        map("", null).ExcludeFromDescription().WithOrder(-1);
        foreach (LanguageName name in Language.Available)
        {
            map("/" + name.Code, name.Code).ExcludeFromDescription().WithOrder(-1);
        }
    }

    private static RequestDelegate Asked(string? language, Func<HttpContext, CodePath, Task> answer) =>
        context => answer(context, new CodePath(Negotiation.Language(context, language)));
}
