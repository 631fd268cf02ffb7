using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>The reference for programs: <c>/api/v1/codes…</c>.</summary>
internal sealed class CodesApi(CodeSearch search)
{
    private const string Json = "application/json";
    private const string AboutQuery = "Number, class (6xx), phrase, header field or symptom, in any of the languages";
    private const string AboutLanguage = "Language of the answer; without it, the one of Accept-Language";

    internal void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapGroup("/api/v1").WithTags("codes");
        api.MapGet("/codes", ListAsync)
            .WithName("codes")
            .WithSummary("All codes, or the ten that a search finds")
            .Produces<CodeLink[]>(StatusCodes.Status200OK, Json)
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet(
                "/codes/which",
                (HttpContext context, [Description(AboutLanguage)] string? lang) =>
                    SendAsync(context, lang, language => CodeRendering.ToJson(DecisionTable.In(language)))
            )
            .WithName("which")
            .WithSummary("Which code should I send? Who decided, why, and who must understand it")
            .Produces<DecisionAnswer[]>(StatusCodes.Status200OK, Json)
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/codes/{code:int}", CodeAsync)
            .WithName("code")
            .WithSummary("One code explained, as 607")
            .Produces<CodeArticle>(StatusCodes.Status200OK, Json)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/codes/{one:int}-vs-{other:int}", PairAsync)
            .WithName("comparison")
            .WithSummary("Two codes compared, as 183-vs-607, in any order")
            .Produces<Comparison>(StatusCodes.Status200OK, Json)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapFallback("{*path}", context => NotThereAsync(context, context.Request.Path)).ExcludeFromDescription();
    }

    private Task ListAsync(
        HttpContext context,
        [Description(AboutQuery)] string? q,
        [Description(AboutLanguage)] string? lang
    ) =>
        SendAsync(
            context,
            lang,
            language =>
                CodeRendering.ToJson(
                    string.IsNullOrWhiteSpace(q)
                        ? CodePages.All(language)
                        : [.. search.Find(q).Select(hit => CodeLink.To(hit.Found.Code, language))]
                )
        );

    private static Task CodeAsync(HttpContext context, int code, [Description(AboutLanguage)] string? lang) =>
        CodeCatalogue.TryGet(code, out _)
            ? SendAsync(context, lang, language => CodeRendering.ToJson(CodeArticle.Of(code, language)))
            : NotThereAsync(context, CodePath.Text(code));

    private static Task PairAsync(HttpContext context, int one, int other, [Description(AboutLanguage)] string? lang) =>
        one != other && CodeCatalogue.TryGet(one, out _) && CodeCatalogue.TryGet(other, out _)
            ? SendAsync(context, lang, language => CodeRendering.ToJson(Comparison.Of(one, other, language)))
            : NotThereAsync(context, $"{CodePath.Text(one)}-vs-{CodePath.Text(other)}");

    private static Task NotThereAsync(HttpContext context, string what) =>
        Results
            .Problem(
                $"{what} is neither a code of the catalogue, as 607, nor two different ones, as 183-vs-607.",
                statusCode: StatusCodes.Status404NotFound
            )
            .ExecuteAsync(context);

    private static Task SendAsync(HttpContext context, string? lang, Func<Language, string> json)
    {
        if (lang is not null && !Negotiation.IsThere(lang))
        {
            string known = string.Join(", ", Language.Available.Select(name => name.Code));
            return Results
                .Problem($"lang={lang}: one of {known}.", statusCode: StatusCodes.Status400BadRequest)
                .ExecuteAsync(context);
        }

        Language language = Negotiation.Language(context, lang);
        return Answer.JsonAsync(context, json(language), language.Code);
    }
}
