using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>
/// The reference on the web: <c>/codes</c>, <c>/codes/607</c>, <c>/codes/183-vs-607</c>, in the reader's language or under
/// <c>/fr/…</c>; as JSON for who accepts that, as Markdown under <c>….md</c>.
/// </summary>
internal sealed class CodesEndpoints(CodePages pages)
{
    private readonly CodeSearch _search = new([.. Language.Available.Select(name => Language.Load(name.Code))]);

    internal void Map(IEndpointRouteBuilder routes)
    {
        foreach (string prefix in Language.Available.Select(name => "/" + name.Code).Append(""))
        {
            string? fixedLanguage = prefix.Length > 0 ? prefix[1..] : null;
            routes.MapGet($"{prefix}/codes", context => IndexAsync(context, fixedLanguage)).ExcludeFromDescription();
            routes.MapGet($"{prefix}/codes/which", context => WhichAsync(context, fixedLanguage)).ExcludeFromDescription();
            routes.MapGet($"{prefix}/compare", context => Picked(context, prefix)).ExcludeFromDescription();
            routes.MapGet($"{prefix}/codes/{{what}}", context => OneAsync(context, fixedLanguage, prefix)).ExcludeFromDescription();
        }

        foreach (string asset in (string[])["ringfence.css", "ringfence.js"])
        {
            byte[] content = WebAsset.Bytes(asset);
            string type = asset.EndsWith("css", StringComparison.Ordinal) ? "text/css" : "text/javascript";
            routes.MapGet($"/assets/{asset}", context => Answer.SendAsync(context, content, type)).ExcludeFromDescription();
        }
    }

    private async Task IndexAsync(HttpContext context, string? fixedLanguage)
    {
        Language language = Negotiation.Language(context, fixedLanguage);
        string query = context.Request.Query["q"].ToString();
        if (int.TryParse(query, NumberStyles.None, CultureInfo.InvariantCulture, out int code) && CodeCatalogue.TryGet(code, out _))
        {
            context.Response.Redirect(new CodePath(language).Code(code));
            return;
        }

        CodeLink[]? found = query.Length == 0 ? null : [.. _search.Find(query).Select(hit => CodeLink.To(hit.Found.Code, language))];
        if (Negotiation.WantsJson(context))
        {
            await Answer.JsonAsync(context, CodeRendering.ToJson(found ?? CodePages.All(language)), language).ConfigureAwait(false);
            return;
        }

        await Answer.HtmlAsync(context, await pages.IndexAsync(new CodePath(language), query, found).ConfigureAwait(false), language).ConfigureAwait(false);
    }

    private async Task WhichAsync(HttpContext context, string? fixedLanguage)
    {
        Language language = Negotiation.Language(context, fixedLanguage);
        await Answer.HtmlAsync(context, await pages.WhichAsync(new CodePath(language)).ConfigureAwait(false), language).ConfigureAwait(false);
    }

    /// <summary>The pair picker, a plain form: on to the comparison's own address.</summary>
    private static Task Picked(HttpContext context, string prefix)
    {
        string one = context.Request.Query["one"].ToString();
        string other = context.Request.Query["other"].ToString();
        CodePair? pair = CodeAddress.Pair($"{one}-vs-{other}", out _);
        context.Response.Redirect(
            pair is not null ? $"{prefix}/codes/{pair}"
            : CodeAddress.Code(one) is { } code ? $"{prefix}/codes/{CodePath.Text(code)}"
            : $"{prefix}/codes"
        );
        return Task.CompletedTask;
    }

    /// <summary>607, 607.md, 183-vs-607, 607-vs-183 (redirected), or something that is not there.</summary>
    private async Task OneAsync(HttpContext context, string? fixedLanguage, string prefix)
    {
        Language language = Negotiation.Language(context, fixedLanguage);
        string what = (string)context.Request.RouteValues["what"]!;
        bool isMarkdown = what.EndsWith(".md", StringComparison.Ordinal);
        what = isMarkdown ? what[..^3] : what;
        if (CodeAddress.Code(what) is { } code)
        {
            CodeArticle article = CodeArticle.Of(code, language);
            await SendAsync(context, language, isMarkdown, () => CodeRendering.ToMarkdown(article), () => CodeRendering.ToJson(article), () => pages.CodeAsync(new CodePath(language), code))
                .ConfigureAwait(false);
        }
        else if (CodeAddress.Pair(what, out bool isOrdered) is { } pair)
        {
            if (!isOrdered)
            {
                context.Response.Redirect($"{prefix}/codes/{pair}{(isMarkdown ? ".md" : "")}", permanent: true);
                return;
            }

            var comparison = Comparison.Of(pair.Lower, pair.Higher, language);
            await SendAsync(context, language, isMarkdown, () => CodeRendering.ToMarkdown(comparison), () => CodeRendering.ToJson(comparison), () => pages.CompareAsync(new CodePath(language), pair))
                .ConfigureAwait(false);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await Answer.HtmlAsync(context, await pages.IndexAsync(new CodePath(language), missing: what).ConfigureAwait(false), language).ConfigureAwait(false);
        }
    }

    private static async Task SendAsync(
        HttpContext context,
        Language language,
        bool isMarkdown,
        Func<string> markdown,
        Func<string> json,
        Func<Task<string>> html
    )
    {
        if (isMarkdown)
        {
            await Answer.SendAsync(context, Encoding.UTF8.GetBytes(markdown()), "text/markdown; charset=utf-8", language).ConfigureAwait(false);
        }
        else if (Negotiation.WantsJson(context))
        {
            await Answer.JsonAsync(context, json(), language).ConfigureAwait(false);
        }
        else
        {
            await Answer.HtmlAsync(context, await html().ConfigureAwait(false), language).ConfigureAwait(false);
        }
    }
}
