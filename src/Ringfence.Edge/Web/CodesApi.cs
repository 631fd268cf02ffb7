using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>The reference for programs: <c>/api/v1/codes…</c>.</summary>
internal static class CodesApi
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapGroup("/api/v1/codes").WithTags("codes");
        var search = new CodeSearch([.. Language.Available.Select(name => Language.Load(name.Code))]);
        api.MapGet("/", (HttpContext context, string? q, string? lang) => ListAsync(context, search, q, lang))
            .WithSummary("All codes, or those that a search finds")
            .Produces(StatusCodes.Status200OK, typeof(CodeLink[]), "application/json");
        api.MapGet("/which", (HttpContext context, string? lang) => WithLanguageAsync(context, lang, language => CodeRendering.ToJson(DecisionTable.In(language))))
            .WithSummary("Which code should I send? The decision table")
            .Produces(StatusCodes.Status200OK, typeof(DecisionAnswer[]), "application/json");
        api.MapGet("/{what}", (HttpContext context, string what, string? lang) => OneAsync(context, what, lang))
            .WithSummary("One code (607), or two compared (183-vs-607)")
            .Produces(StatusCodes.Status200OK, typeof(CodeArticle), "application/json")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Task ListAsync(HttpContext context, CodeSearch search, string? query, string? lang) =>
        WithLanguageAsync(
            context,
            lang,
            language =>
                CodeRendering.ToJson(
                    string.IsNullOrWhiteSpace(query)
                        ? CodePages.All(language)
                        : [.. search.Find(query).Select(hit => CodeLink.To(hit.Found.Code, language))]
                )
        );

    private static Task OneAsync(HttpContext context, string what, string? lang) =>
        CodeAddress.Code(what) is { } code ? WithLanguageAsync(context, lang, language => CodeRendering.ToJson(CodeArticle.Of(code, language)))
        : CodeAddress.Pair(what, out _) is { } pair
            ? WithLanguageAsync(context, lang, language => CodeRendering.ToJson(Comparison.Of(pair.Lower, pair.Higher, language)))
        : Results.Problem($"{what} is neither a code of the catalogue nor two of them, as in 183-vs-607.", statusCode: 404).ExecuteAsync(context);

    private static Task WithLanguageAsync(HttpContext context, string? lang, Func<Language, string> json)
    {
        if (lang is not null && Language.Available.All(name => name.Code != lang))
        {
            string known = string.Join(", ", Language.Available.Select(name => name.Code));
            return Results.Problem($"lang={lang}: one of {known}.", statusCode: 400).ExecuteAsync(context);
        }

        Language language = Negotiation.Language(context, lang);
        return Answer.JsonAsync(context, json(language), language);
    }
}
