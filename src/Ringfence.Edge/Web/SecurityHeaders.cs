using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Ringfence.Edge.Web;

/// <summary>
/// What every answer tells the browser to refuse. JSON-LD needs no exception: a block of data is not a script that runs.
/// </summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    internal static void Use(IApplicationBuilder application) =>
        application.Use(
            (context, next) =>
            {
                IHeaderDictionary headers = context.Response.Headers;
                headers.ContentSecurityPolicy = Policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                return next(context);
            }
        );
}
