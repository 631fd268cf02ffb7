using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>What the reader wants: language and form (RFC 9110 §12.5).</summary>
internal static class Negotiation
{
    /// <summary>The language of the address; else the most wanted of Accept-Language that there is; else English.</summary>
    internal static Language Language(HttpContext context, string? fixedLanguage)
    {
        if (fixedLanguage is not null)
        {
            return Codes.Language.Load(fixedLanguage);
        }

        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        string wanted =
            context
                .Request.GetTypedHeaders()
                .AcceptLanguage.OrderByDescending(range => range.Quality ?? 1)
                .Select(range => range.Value.ToString().Split('-')[0].ToLowerInvariant())
                .FirstOrDefault(tag => Codes.Language.Available.Any(name => name.Code == tag)) ?? "en";
        return Codes.Language.Load(wanted);
    }

    /// <summary>True when JSON is wanted more than HTML.</summary>
    internal static bool WantsJson(HttpContext context)
    {
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        IList<MediaTypeHeaderValue> accepted = context.Request.GetTypedHeaders().Accept;
        return Quality(accepted, "application/json") > Quality(accepted, "text/html");
    }

    private static double Quality(IEnumerable<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(range => range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(range => range.Quality ?? 1).DefaultIfEmpty(0).Max();
}
