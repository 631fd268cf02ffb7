using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Fetching;

/// <summary>The HTTP client that callers can make this machine use: no redirects, no proxy, no cookies, public addresses only.</summary>
internal static class GuardedConnection
{
    /// <summary>Why a connection was not made; the client itself can only throw.</summary>
    public static readonly HttpRequestOptionsKey<Fault> Refusal = new("ringfence.refusal");

    public static HttpClient Create(FetchOptions options) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                MaxResponseHeadersLength = 16,
                MaxConnectionsPerServer = 8,
                PooledConnectionLifetime = TimeSpan.FromMinutes(1),
                ConnectTimeout = options.Timeout,
                ConnectCallback = (context, cancellation) => ConnectAsync(context, options, cancellation),
                SslOptions = new SslClientAuthenticationOptions
                {
                    // A server's certificate must not make this machine fetch its issuer's: that would be a second way inside.
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        DisableCertificateDownloads = true,
                        RevocationMode = X509RevocationMode.NoCheck,
                    },
                },
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders =
            {
                Accept =
                {
                    new MediaTypeWithQualityHeaderValue("application/pem-certificate-chain"),
                    new MediaTypeWithQualityHeaderValue("*/*", 0.1),
                },
            },
        };

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        FetchOptions options,
        CancellationToken cancellation
    )
    {
        DnsEndPoint host = context.DnsEndPoint;
        bool isTest = options.TestHosts.Contains($"{host.Host}:{host.Port}");
        IPAddress[] addresses = await options.Resolve(host.Host, cancellation).ConfigureAwait(false);
        IPAddress[] permitted = isTest ? addresses : Array.FindAll(addresses, AddressFilter.IsPublic);
        if (permitted.Length == 0)
        {
            throw Refuse(context, Fault.FetchAddress);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(permitted, host.Port, cancellation).ConfigureAwait(false);
            if (!isTest && !(socket.RemoteEndPoint is IPEndPoint peer && AddressFilter.IsPublic(peer.Address)))
            {
                throw Refuse(context, Fault.FetchAddress);
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static HttpRequestException Refuse(SocketsHttpConnectionContext context, Fault fault)
    {
        context.InitialRequestMessage.Options.Set(Refusal, fault);
        return new HttpRequestException(HttpRequestError.ConnectionError, fault.ToString());
    }
}
