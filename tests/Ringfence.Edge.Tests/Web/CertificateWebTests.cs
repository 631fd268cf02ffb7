using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Edge.Tests.Pipeline;
using Ringfence.Edge.Web;

namespace Ringfence.Edge.Tests.Web;

/// <summary>The edge answers at "x5u" itself.</summary>
public sealed class CertificateWebTests
{
    [Fact]
    public async Task The_chain_in_use_is_served_over_https_and_nothing_else_is()
    {
        await using StirSite site = new();
        int port = FreePort();
        using X509Certificate2 server = WriteServer(site, "edge.example");
        site.Use(Publish(port, "{ listen: \"127.0.0.1:PORT\", certificate: web.pem, key: web-key.pem }"));
        await using CertificateWeb? web = await CertificateWeb.StartAsync(site.Services);
        using HttpClient client = Client(server);

        using HttpResponseMessage chain = await client.GetAsync(Url("https", port, "certs/chain.pem"), Token);
        chain.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await chain.Content.ReadAsStringAsync(Token))
            .ReplaceLineEndings()
            .Trim()
            .ShouldBe(site.Chain.ReplaceLineEndings().Trim());
        chain.Content.Headers.ContentType!.MediaType.ShouldBe("application/pem-certificate-chain");
        chain.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromDays(1));
        (await client.GetAsync(Url("https", port, ""), Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsync(Url("https", port, "certs/chain.pem"), null, Token)).StatusCode.ShouldBe(
            HttpStatusCode.MethodNotAllowed
        );
        site.Log.Of(2167).ShouldHaveSingleItem().ShouldEndWith($"https://127.0.0.1:{port}/certs/chain.pem");
    }

    [Fact]
    public async Task A_new_key_changes_what_is_served_and_what_is_known_is_not_sent_again()
    {
        await using StirSite site = new();
        int port = FreePort();
        site.Use(Publish(port, "\"127.0.0.1:PORT\""));
        await using CertificateWeb? web = await CertificateWeb.StartAsync(site.Services);
        using HttpClient client = new();
        string url = Url("http", port, "certs/chain.pem");
        using HttpResponseMessage first = await client.GetAsync(url, Token);
        EntityTagHeaderValue tag = first.Headers.ETag!;

        (await AskAsync(client, url, tag)).ShouldBe(HttpStatusCode.NotModified);
        site.Renew();
        await site.TurnAsync();
        (await AskAsync(client, url, tag)).ShouldBe(HttpStatusCode.OK);
        (await client.GetStringAsync(url, Token))
            .ReplaceLineEndings()
            .Trim()
            .ShouldBe(site.Chain.ReplaceLineEndings().Trim());
    }

    [Fact]
    public async Task A_new_certificate_of_the_web_server_is_taken_and_a_bad_one_is_not()
    {
        await using StirSite site = new();
        int port = FreePort();
        using X509Certificate2 first = WriteServer(site, "edge.example");
        site.Use(Publish(port, "{ listen: \"127.0.0.1:PORT\", certificate: web.pem, key: web-key.pem }"));
        await using CertificateWeb? web = await CertificateWeb.StartAsync(site.Services);
        using X509Certificate2 second = WriteServer(site, "edge.example");

        (await ShownAsync(port)).ShouldBe(second.Thumbprint);
        site.Write("web.pem", "nothing");
        (await ShownAsync(port)).ShouldBe(second.Thumbprint);
        site.Log.Of(2168).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_served()
    {
        await using StirSite site = new();
        (await CertificateWeb.StartAsync(site.Services)).ShouldBeNull();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Url(string scheme, int port, string path) => $"{scheme}://127.0.0.1:{port}/{path}";

    private static string Publish(int port, string publish) =>
        "{ trust: root.pem, sign: { certificate: \"https://edge.example/certs/chain.pem\", key: key.pem, publish: PUBLISH } }"
            .Replace("PUBLISH", publish, StringComparison.Ordinal)
            .Replace(
                "PORT",
                port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                StringComparison.Ordinal
            );

    private static X509Certificate2 WriteServer(StirSite site, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 certificate = site.Authority.Maker(name, key).SelfSign();
        site.Write("web-key.pem", key.ExportPkcs8PrivateKeyPem());
        site.Write("web.pem", certificate.ExportCertificatePem());
        return certificate;
    }

    private static HttpClient Client(X509Certificate2 trusted) =>
        new(
            new SocketsHttpHandler
            {
                SslOptions =
                {
                    RemoteCertificateValidationCallback = (_, shown, _, _) =>
                        shown is X509Certificate2 certificate && certificate.Thumbprint == trusted.Thumbprint,
                },
            }
        );

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string url, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.IfNoneMatch.Add(tag);
        using HttpResponseMessage response = await client.SendAsync(request, Token);
        return response.StatusCode;
    }

    private static async Task<string> ShownAsync(int port)
    {
        string shown = "";
        using var client = new HttpClient(
            new SocketsHttpHandler
            {
                SslOptions =
                {
                    RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    {
                        shown = ((X509Certificate2)certificate!).Thumbprint;
                        return shown.Length > 0;
                    },
                },
            }
        );
        await client.GetAsync(Url("https", port, "certs/chain.pem"), Token);
        return shown;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
