using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Ringfence.Edge.Web.Desk;

/// <summary>
/// Who may see what: the reference and a refused caller's own page are for everybody, all else is the operator's. With a
/// password the operator is who knows it. Without one it is who sits at this machine and names it so: a proxy that passes
/// others' requests on, or a page elsewhere whose name was bound to this address, is not.
/// </summary>
internal static class OperatorAccess
{
    private static readonly string[] Open =
    [
        "/why/",
        "/redress/",
        "/api/v1/why/",
        "/api/v1/codes",
        "/codes",
        "/compare",
        "/assets/",
        "/openapi/",
        "/sitemap.xml",
        "/favicon.ico",
        "/healthz",
        "/readyz",
    ];

    /// <param name="application">The web server.</param>
    /// <param name="password">The operator's; null for none.</param>
    internal static void Use(IApplicationBuilder application, string? password) =>
        application.Use(
            async (context, next) =>
            {
                bool isOperator = IsOperator(context, password);
                context.Items[typeof(OperatorAccess)] = isOperator;
                if (isOperator || IsOpen(context.Request.Path.Value ?? ""))
                {
                    await next(context).ConfigureAwait(false);
                }
                else if (password is null)
                {
                    await Results
                        .Problem(
                            "Only from this machine, by the name localhost or 127.0.0.1, while no web-password is set.",
                            statusCode: StatusCodes.Status403Forbidden
                        )
                        .ExecuteAsync(context)
                        .ConfigureAwait(false);
                }
                else
                {
                    context.Response.Headers.WWWAuthenticate = "Basic realm=\"Ringfence\", charset=\"UTF-8\"";
                    await Results
                        .Problem("The operator's password is asked for.", statusCode: StatusCodes.Status401Unauthorized)
                        .ExecuteAsync(context)
                        .ConfigureAwait(false);
                }
            }
        );

    /// <summary>Whether a request is the operator's: for pages that show others something else.</summary>
    internal static bool IsOperator(HttpContext context) => context.Items[typeof(OperatorAccess)] is true;

    private static bool IsOpen(string path)
    {
        string inLanguage =
            path.Length > 3 && path[3] == '/' && Negotiation.IsThere(path[1..3]) ? path[3..]
            : path.Length == 3 && Negotiation.IsThere(path[1..]) ? "/"
            : path;
        return inLanguage == "/" || Array.Exists(Open, start => inLanguage.StartsWith(start, StringComparison.Ordinal));
    }

    private static bool IsOperator(HttpContext context, string? password) =>
        password is null ? IsLocal(context) : Knows(context.Request, password);

    private static bool IsLocal(HttpContext context)
    {
        string host = context.Request.Host.Host.Trim('[', ']');
        bool isNamedSo =
            host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out IPAddress? named) && IPAddress.IsLoopback(named));
        return isNamedSo
            && context.Connection.RemoteIpAddress is { } remote
            && IPAddress.IsLoopback(remote)
            && !context.Request.Headers.ContainsKey("Forwarded")
            && !context.Request.Headers.ContainsKey("X-Forwarded-For");
    }

    /// <summary>By Basic, whatever the user's name, or by Bearer.</summary>
    private static bool Knows(HttpRequest request, string password)
    {
        if (
            !AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? said)
            || said.Parameter is not { Length: < 1024 } parameter
        )
        {
            return false;
        }

        string? given = said.Scheme.ToUpperInvariant() switch
        {
            "BEARER" => parameter,
            "BASIC" => PasswordOf(parameter),
            _ => null,
        };
        return given is not null
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(given)),
                SHA256.HashData(Encoding.UTF8.GetBytes(password))
            );
    }

    private static string? PasswordOf(string basic)
    {
        byte[] bytes = new byte[basic.Length];
        if (!Convert.TryFromBase64String(basic, bytes, out int length))
        {
            return null;
        }

        string pair = Encoding.UTF8.GetString(bytes, 0, length);
        int colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : pair[(colon + 1)..];
    }
}
