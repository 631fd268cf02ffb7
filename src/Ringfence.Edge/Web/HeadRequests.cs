using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Ringfence.Edge.Web;

/// <summary>Answers HEAD like GET, without the content (RFC 9110 §9.3.2).</summary>
internal static class HeadRequests
{
    internal static void Use(IApplicationBuilder application) =>
        application.Use(
            async (context, next) =>
            {
                if (!HttpMethods.IsHead(context.Request.Method))
                {
                    await next(context).ConfigureAwait(false);
                    return;
                }

                Stream body = context.Response.Body;
                context.Request.Method = HttpMethods.Get;
                context.Response.Body = Stream.Null;
                try
                {
                    await next(context).ConfigureAwait(false);
                }
                finally
                {
                    context.Request.Method = HttpMethods.Head;
                    context.Response.Body = body;
                }
            }
        );
}
