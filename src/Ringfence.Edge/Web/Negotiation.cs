using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>What the reader wants: language and form (RFC 9110 §12.5).</summary>
internal static class Negotiation
{
    private const string MarkdownEnding = ".md";

    /// <summary>The language of the address; else the most wanted of Accept-Language that there is; else the first.</summary>
    internal static Language Language(HttpContext context, string? fixedLanguage)
    {
        if (fixedLanguage is not null)
        {
            return Codes.Language.Load(fixedLanguage);
        }

        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        string? wanted = context
            .Request.GetTypedHeaders()
            .AcceptLanguage.Where(range => range.Quality is not 0)
            .OrderByDescending(range => range.Quality ?? 1)
            .Select(range => range.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(IsThere);
        return Codes.Language.Load(wanted ?? Codes.Language.Available[0].Code);
    }

    internal static bool IsThere(string language) => Codes.Language.Available.Any(name => name.Code == language);

    /// <summary>Markdown for an address that ends so; else what is wanted most, HTML among equals.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">The address; without its ending afterwards.</param>
    internal static PageForm Form(HttpContext context, ref string page)
    {
        if (page.EndsWith(MarkdownEnding, StringComparison.Ordinal))
        {
            page = page[..^MarkdownEnding.Length];
            return PageForm.Markdown;
        }

        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        IList<MediaTypeHeaderValue> accepted = context.Request.GetTypedHeaders().Accept;
        double html = Quality(accepted, "text/html");
        double json = Quality(accepted, "application/json");
        double markdown = Quality(accepted, "text/markdown");
        return json > html && json >= markdown ? PageForm.Json
            : markdown > html ? PageForm.Markdown
            : PageForm.Html;
    }

    private static double Quality(IEnumerable<MediaTypeHeaderValue> accepted, string type) =>
        accepted
            .Where(range => range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
            .Select(range => range.Quality ?? 1)
            .DefaultIfEmpty(0)
            .Max();
}
