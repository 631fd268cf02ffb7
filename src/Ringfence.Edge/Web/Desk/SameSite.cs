using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Ringfence.Edge.Web.Desk;

/// <summary>
/// What changes something is taken from our own pages and from programs, never from a page of somebody else's: browsers say
/// from where a request comes (Fetch Metadata, Origin), and what says nothing is no browser.
/// </summary>
internal static class SameSite
{
    internal static void Use(IApplicationBuilder application, Func<Uri?> address) =>
        application.Use(
            (context, next) =>
                IsSafe(context.Request, address())
                    ? next(context)
                    : Results
                        .Problem(
                            "The request comes from a page of another site.",
                            statusCode: StatusCodes.Status403Forbidden
                        )
                        .ExecuteAsync(context)
        );

    private static bool IsSafe(HttpRequest request, Uri? address)
    {
        if (
            HttpMethods.IsGet(request.Method)
            || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method)
        )
        {
            return true;
        }

        string site = request.Headers["Sec-Fetch-Site"].ToString();
        string origin = request.Headers.Origin.ToString();
        bool isOurs =
            origin.Length == 0
            || (
                Uri.TryCreate(origin, UriKind.Absolute, out Uri? from)
                && (from.Authority == request.Host.Value || from.Authority == address?.Authority)
            );
        return isOurs && site is ("" or "same-origin" or "none");
    }
}
