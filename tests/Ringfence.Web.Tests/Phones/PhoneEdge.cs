using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ringfence.Edge;
using Ringfence.Edge.Configuration;
using Ringfence.Sip.Transport;

namespace Ringfence.Web.Tests.Phones;

/// <summary>An edge for browsers: users of its own, and WebSocket over TLS with a certificate for localhost.</summary>
internal sealed class PhoneEdge : IAsyncDisposable
{
    internal const string Domain = "phones.example";
    private readonly DirectoryInfo _folder;
    private readonly EdgeHost _host;

    private PhoneEdge(DirectoryInfo folder, EdgeHost host)
    {
        _folder = folder;
        _host = host;
    }

    /// <summary>Where browsers connect.</summary>
    internal string Server => $"wss://localhost:{PortOf(TransportKind.Wss)}";

    internal int Calls => _host.Calls;

    /// <param name="calleePort">Where calls to numbers go.</param>
    /// <param name="rtpEngine">The ng port of an rtpengine, which then takes the media of all calls; null: media goes past the edge.</param>
    /// <param name="mode">The mode of the browsers' trunk where no rtpengine is used.</param>
    internal static PhoneEdge Start(int calleePort, int? rtpEngine = null, string mode = "proxy")
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ringfence-phones");
        WriteCertificate(folder);
        File.WriteAllLines(Path.Combine(folder.FullName, "users.txt"), [UserLine("alice"), UserLine("bob")]);
        string media = rtpEngine is null ? $", mode: {mode}" : ", mode: gate, media: rtpengine";
        string border = rtpEngine is { } port
            ? string.Create(CultureInfo.InvariantCulture, $"rtpengine: {{ at: \"127.0.0.1:{port}\" }}")
            : "";
        string yaml = $$"""
            listen: [ "udp:127.0.0.1:0", "wss:127.0.0.1:0" ]
            tls: { certificate: edge.pem }
            web: off
            storage: sqlite:edge.db
            trunks: [ { name: phones, from: [ 127.0.0.1, "::1" ], authenticate: users{{media}} } ]
            {{border}}
            early-media: { ringback: fr }
            registrar: { domains: [ {{Domain}} ], users: users.txt, algorithms: [ SHA-256, MD5 ] }
            routes:
              - { match: "*", to: registered }
              - { match: "+33*", to: "sip:127.0.0.1:{{calleePort.ToString(CultureInfo.InvariantCulture)}}" }
            policy: [ { then: progress } ]
            """;
        ConfigurationResult read = ConfigurationReader.Read(yaml, "phones.yaml", folder.FullName);
        read.Mistakes.ShouldBeEmpty();
        return new PhoneEdge(folder, EdgeHost.Start(read.Configuration!, NullLogger.Instance));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    internal static string PasswordOf(string user) => $"open sesame {user}";

    private int PortOf(TransportKind kind) => _host.Listening.First(address => address.Kind == kind).EndPoint.Port;

    /// <summary>JsSIP answers MD5 alone: the challenge that it knows is not the first one.</summary>
    private static string UserLine(string user)
    {
        byte[] secret = Encoding.UTF8.GetBytes($"{user}:{Domain}:{PasswordOf(user)}");
#pragma warning disable CA5351 // What RFC 3261 §22.4 asks of every user agent.
        return $"{user}:{Domain}:MD5:{Convert.ToHexStringLower(MD5.HashData(secret))}";
#pragma warning restore CA5351
    }

    private static void WriteCertificate(DirectoryInfo folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(
            Path.Combine(folder.FullName, "edge.pem"),
            certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem()
        );
    }
}
