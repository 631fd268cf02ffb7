using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>Sends a content with its tag; 304 to who has it already (RFC 9110 §13.1.2).</summary>
internal static class Answer
{
    internal static Task HtmlAsync(HttpContext context, string html, Language language) =>
        SendAsync(context, Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", language);

    internal static Task JsonAsync(HttpContext context, string json, Language language) =>
        SendAsync(context, Encoding.UTF8.GetBytes(json), "application/json; charset=utf-8", language);

    internal static async Task SendAsync(HttpContext context, byte[] content, string type, Language? language = null)
    {
        HttpResponse response = context.Response;
        string tag = WebAsset.Tag(content);
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'self'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'";
        if (language is not null)
        {
            response.Headers.ContentLanguage = language.Code;
        }

        if (response.StatusCode == StatusCodes.Status200OK && context.Request.Headers[HeaderNames.IfNoneMatch].Contains(tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = type;
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
    }
}
