using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Telemetry;
using Ringfence.Stir.Authentication;

namespace Ringfence.Edge.Web;

/// <summary>Answers at "x5u" with the chain of the signing key in use, and at nothing else: it may stand in the open.</summary>
public sealed class CertificateWeb : IAsyncDisposable
{
    private readonly WebApplication _application;

    private CertificateWeb(WebApplication application) => _application = application;

    /// <summary>Starts it; null where the configuration does not ask for it.</summary>
    /// <param name="services">What has the key.</param>
    /// <exception cref="IOException">The port cannot be had, or a file cannot be read.</exception>
    public static async Task<CertificateWeb?> StartAsync(EdgeServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Stir?.Configuration.Sign?.Publish is not { } publish)
        {
            return null;
        }

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 1_000;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
            kestrel.Listen(publish.Listen, listen => Secure(listen, publish, services.Log));
        });
        WebApplication application = builder.Build();
        application.Run(context => AnswerAsync(context, services));
        await application.StartAsync().ConfigureAwait(false);
        string scheme = publish.Certificate is null ? "http" : "https";
        StirLog.Publishing(services.Log, $"{scheme}://{publish.Listen}{publish.Path}");
        return new CertificateWeb(application);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void Secure(ListenOptions listen, StirPublishConfiguration publish, ILogger log)
    {
        if (publish.Certificate is null)
        {
            return;
        }

        var pair = new TlsPair(publish.Certificate, publish.Key!, log);
        listen.UseHttps(
            new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = TimeSpan.FromSeconds(5),
                OnConnection = _ =>
                    ValueTask.FromResult(
                        new SslServerAuthenticationOptions
                        {
                            ServerCertificateContext = pair.Context,
                            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                        }
                    ),
            }
        );
    }

    private static async Task AnswerAsync(HttpContext context, EdgeServices services)
    {
        StirSigningConfiguration? sign = services.Stir?.Configuration.Sign;
        HttpResponse response = context.Response;
        if (sign is not { Publish: { } publish, Keys.Current: { } key } || context.Request.Path != publish.Path)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return;
        }

        var published = CertificatePublication.Of(key, TimeProvider.System.GetUtcNow());
        response.Headers.CacheControl = published.CacheControl;
        response.Headers.ETag = published.ETag;
        response.Headers.XContentTypeOptions = "nosniff";
        if (context.Request.Headers.IfNoneMatch.Contains(published.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = CertificatePublication.ContentType;
        response.ContentLength = published.Content.Length;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await response.Body.WriteAsync(published.Content, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
