using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ringfence.Edge.Web;

/// <summary>Sends a content with its tag; 304 to who has it already (RFC 9110 §13.1.2).</summary>
internal static class Answer
{
    private const string ForGood = "public, max-age=31536000, immutable";

    internal static Task HtmlAsync(HttpContext context, string html, string language) =>
        SendAsync(context, Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", language);

    internal static Task JsonAsync(HttpContext context, string json, string language) =>
        SendAsync(context, Encoding.UTF8.GetBytes(json), "application/json; charset=utf-8", language);

    internal static Task MarkdownAsync(HttpContext context, string markdown, string language) =>
        SendAsync(context, Encoding.UTF8.GetBytes(markdown), "text/markdown; charset=utf-8", language);

    internal static Task AssetAsync(HttpContext context, WebAsset asset)
    {
        context.Response.Headers.CacheControl = context.Request.Query.ContainsKey("v") ? ForGood : "no-cache";
        return SendAsync(context, asset.Content, asset.Type);
    }

    internal static async Task SendAsync(HttpContext context, byte[] content, string type, string? language = null)
    {
        HttpResponse response = context.Response;
        var tag = new EntityTagHeaderValue($"\"{WebAsset.Tag(content)}\"");
        response.Headers.ETag = tag.ToString();
        if (response.Headers.CacheControl.Count == 0)
        {
            response.Headers.CacheControl = "no-cache";
        }

        if (language is not null)
        {
            response.Headers.ContentLanguage = language;
        }

        if (response.StatusCode == StatusCodes.Status200OK && IsHeld(context.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = type;
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
    }

    private static bool IsHeld(HttpRequest request, EntityTagHeaderValue tag) =>
        request
            .GetTypedHeaders()
            .IfNoneMatch.Any(held => held.Tag == "*" || held.Compare(tag, useStrongComparison: false));
}
