using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>
/// The reference on the web: <c>/codes</c>, <c>/codes/607</c>, <c>/codes/183-vs-607</c> in the reader's language or under
/// <c>/fr/…</c>; as JSON or Markdown for who accepts that, as Markdown also under <c>….md</c>.
/// </summary>
internal sealed class CodesEndpoints(CodePages pages, CodeSearch search, Uri? publicAddress)
{
    private const string Which = "which";

    internal void Map(IEndpointRouteBuilder routes)
    {
        MapPages(routes, "", null);
        foreach (LanguageName name in Language.Available)
        {
            MapPages(routes, "/" + name.Code, name.Code);
        }

        foreach (WebAsset asset in WebAsset.OfPages.Select(WebAsset.Get))
        {
            MapTo(routes, $"/assets/{asset.Name}", context => Answer.AssetAsync(context, asset));
        }

        MapTo(
            routes,
            "/sitemap.xml",
            context => Answer.SendAsync(context, Sitemap.Of(Origin(context)), "application/xml; charset=utf-8")
        );
        routes
            .MapFallback("{*path}", context => MissingAsync(context, PathFor(context, null), context.Request.Path))
            .ExcludeFromDescription();
    }

    private void MapPages(IEndpointRouteBuilder routes, string prefix, string? language)
    {
        MapTo(routes, prefix + "/", context => Redirect(context, $"{prefix}/codes"));
        MapTo(routes, prefix + "/codes", context => IndexAsync(context, PathFor(context, language), "codes"));
        MapTo(routes, prefix + "/codes.md", context => IndexAsync(context, PathFor(context, language), "codes.md"));
        MapTo(routes, prefix + "/compare", context => Picked(context, prefix));
        MapTo(routes, prefix + "/codes/{what}", context => OneAsync(context, PathFor(context, language), prefix));
    }

    private static void MapTo(IEndpointRouteBuilder routes, string pattern, RequestDelegate answer) =>
        routes.MapGet(pattern, answer).ExcludeFromDescription();

    private CodePath PathFor(HttpContext context, string? language) =>
        new(Negotiation.Language(context, language), Origin(context));

    private string Origin(HttpContext context) =>
        publicAddress?.GetLeftPart(UriPartial.Authority) ?? $"{context.Request.Scheme}://{context.Request.Host}";

    private Task IndexAsync(HttpContext context, CodePath path, string page)
    {
        string query = context.Request.Query["q"].ToString().Trim();
        if (CodeAddress.Meant(query) is { } meant)
        {
            return Redirect(context, path.Of($"codes/{meant}"));
        }

        IReadOnlyList<CodeLink> links =
            query.Length == 0
                ? CodePages.All(path.Language)
                : [.. search.Find(query).Select(hit => CodeLink.To(hit.Found.Code, path.Language))];
        return SendAsync(
            context,
            path,
            Negotiation.Form(context, ref page),
            () => query.Length == 0 ? pages.IndexAsync(path) : pages.FoundAsync(path, query, links),
            () => CodeRendering.ToJson(links),
            () => CodeRendering.ToMarkdown(links, path.Language)
        );
    }

    /// <summary>The pair picker, a plain form: on to the comparison's own address.</summary>
    private static Task Picked(HttpContext context, string prefix)
    {
        IQueryCollection query = context.Request.Query;
        string picked = $"{query["one"]} {query["other"]}";
        return Redirect(
            context,
            CodeAddress.Meant(picked) is { } meant
                ? $"{prefix}/codes/{meant}"
                : $"{prefix}/codes?q={Uri.EscapeDataString(picked.Trim())}"
        );
    }

    /// <summary>607, 607.md, 183-vs-607, 607-vs-183 (redirected), which, or something that is not there.</summary>
    private Task OneAsync(HttpContext context, CodePath path, string prefix)
    {
        string asked = (string)context.Request.RouteValues["what"]!;
        string what = asked;
        PageForm form = Negotiation.Form(context, ref what);
        if (CodeAddress.Code(what) is { } code)
        {
            CodeArticle Article() => CodeArticle.Of(code, path.Language);
            return SendAsync(
                context,
                path,
                form,
                () => pages.CodeAsync(path, code),
                () => CodeRendering.ToJson(Article()),
                () => CodeRendering.ToMarkdown(Article())
            );
        }

        if (CodeAddress.Pair(what) is var (one, other))
        {
            string address = CodeAddress.Of(one, other);
            return address == what
                ? SendPairAsync(context, path, form, new CodePair(one, other))
                : Redirect(context, $"{prefix}/codes/{address}{asked[what.Length..]}", permanent: true);
        }

        if (what == Which)
        {
            IReadOnlyList<DecisionAnswer> rows = DecisionTable.In(path.Language);
            return SendAsync(
                context,
                path,
                form,
                () => pages.WhichAsync(path),
                () => CodeRendering.ToJson(rows),
                () => CodeRendering.ToMarkdown(rows, path.Language)
            );
        }

        return MissingAsync(context, path, asked);
    }

    private Task SendPairAsync(HttpContext context, CodePath path, PageForm form, CodePair pair)
    {
        Comparison Comparison() => Codes.Comparison.Of(pair.Lower, pair.Higher, path.Language);
        return SendAsync(
            context,
            path,
            form,
            () => pages.CompareAsync(path, pair),
            () => CodeRendering.ToJson(Comparison()),
            () => CodeRendering.ToMarkdown(Comparison())
        );
    }

    private static async Task SendAsync(
        HttpContext context,
        CodePath path,
        PageForm form,
        Func<Task<string>> html,
        Func<string> json,
        Func<string> markdown
    )
    {
        string language = path.Language.Code;
        await (
            form switch
            {
                PageForm.Json => Answer.JsonAsync(context, json(), language),
                PageForm.Markdown => Answer.MarkdownAsync(context, markdown(), language),
                _ => Answer.HtmlAsync(context, await html().ConfigureAwait(false), language),
            }
        ).ConfigureAwait(false);
    }

    private async Task MissingAsync(HttpContext context, CodePath path, string what)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        await Answer
            .HtmlAsync(context, await pages.MissingAsync(path, what).ConfigureAwait(false), path.Language.Code)
            .ConfigureAwait(false);
    }

    private static Task Redirect(HttpContext context, string address, bool permanent = false)
    {
        context.Response.Redirect(address, permanent);
        return Task.CompletedTask;
    }
}
