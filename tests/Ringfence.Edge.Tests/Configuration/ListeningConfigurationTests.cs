using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Edge.Configuration;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Tests.Configuration;

/// <summary>TLS, users, credentials, name servers and taps in the file.</summary>
public sealed class ListeningConfigurationTests : IDisposable
{
    private const string Hash = "0123456789abcdef0123456789abcdef";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ringfence-listening");

    public ListeningConfigurationTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=edge", key, HashAlgorithmName.SHA256);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now, now.AddDays(1));
        Write("edge.pem", certificate.ExportCertificatePem());
        Write("edge.key", key.ExportPkcs8PrivateKeyPem());
        Write(
            "users.txt",
            $"# users\nalice:example.com:{Hash}\nalice:example.com:SHA-256:{Hash}{Hash}\nbob:other:MD5:{Hash}\n"
        );
    }

    [Fact]
    public void Everything_that_the_file_says_is_read()
    {
        EdgeConfiguration read = Read(
            """
            listen: [ "udp:127.0.0.1:5060", "tls:127.0.0.1:5061", "wss:127.0.0.1:8443", "ws:127.0.0.1:8088" ]
            tls: { certificate: edge.pem, key: edge.key, roots: edge.pem }
            origins: [ "https://phone.example.com" ]
            trunks:
              - { name: carrier-a, certificate: [ carrier-a.example, carrier-a.net ], treat-6xx-as-busy: true }
              - { name: phones, from: 0.0.0.0/0, authenticate: users }
              - { name: pbx, from: 10.0.0.0/8, authenticate: trunk }
            routes:
              - { match: "+33*", to: [ "sips:carrier.example", "sip:carrier.example;transport=tls" ] }
              - { match: "*", to: registered }
            registrar:
              { domains: [ Example.com ], users: users.txt, algorithms: [ SHA-512-256, MD5 ], integrity: true, min-expires: 120 }
            credentials: { for: "sips:carrier.example", realm: example.com, user: alice, secret: users.txt }
            dns: { servers: [ 192.0.2.53, "127.0.0.1:5353", "2001:db8::53" ] }
            observe: { hep: { to: "192.0.2.9:9060", key: open }, pcap: { folder: captures, per: ring, files: 3, megabytes: 1 } }
            """
        )
            .Configuration.ShouldNotBeNull();

        read.Listen[1].Tls!.Clients.ShouldBe(ClientCertificate.Optional);
        read.Listen[2].Tls!.Clients.ShouldBe(ClientCertificate.None);
        read.Listen[3].Tls.ShouldBeNull();
        read.WebSocketOrigins.ShouldBe(["https://phone.example.com"]);
        read.Trunks[0].CertificateNames.ShouldBe(["carrier-a.example", "carrier-a.net"]);
        read.Trunks.Select(trunk => trunk.TreatGlobalAsBusy).ShouldBe([true, false, false]);
        read.Trunks.Select(trunk => trunk.Authenticate)
            .ShouldBe([AuthenticateMode.No, AuthenticateMode.Users, AuthenticateMode.Trunk]);
        read.Routes[0].Targets.ShouldAllBe(target => target.Transport == TransportKind.Tls && target.Port == 5061);
        read.Routes[0].Targets[0].Login.ShouldNotBeNull().User.ShouldBe("alice");
        read.Routes[0].Targets[1].Login.ShouldBeNull();
        read.Routes[1].Targets[0].IsRegistered.ShouldBeTrue();
        RegistrarConfiguration registrar = read.Registrar.ShouldNotBeNull();
        registrar.Domains.ShouldBe(["example.com"]);
        registrar.Users.Keys.ShouldBe(["alice"]);
        registrar.Users["alice"].Hash(DigestAlgorithm.Sha256).ShouldBe(Hash + Hash);
        registrar.Algorithms.ShouldBe([DigestAlgorithm.Sha512Slash256, DigestAlgorithm.Md5]);
        registrar.OffersIntegrity.ShouldBeTrue();
        registrar.MinExpires.ShouldBe(120);
        read.Dns!.Servers.Select(server => server.ToString())
            .ShouldBe(["192.0.2.53:53", "127.0.0.1:5353", "[2001:db8::53]:53"]);
        read.Observe.Hep!.ToString().ShouldBe("192.0.2.9:9060");
        read.Observe.IsPcapPerCall.ShouldBeFalse();
        (read.Observe.PcapFiles, read.Observe.PcapSize).ShouldBe((3, 1024 * 1024));
    }

    [Theory]
    [InlineData("listen: [ \"tls:127.0.0.1:5061\" ]", "add tls: { certificate: edge.pem, key: edge.key }")]
    [InlineData("tls: { certificate: edge.pem, key: edge.key, cliens: none }", "did you mean clients?")]
    [InlineData(
        "tls: { certificate: edge.key, key: edge.key }",
        "a PEM file with this host's certificate and then its intermediates, and its private key in key"
    )]
    [InlineData("trunks: [ { name: a, certificate: a.example } ]", "add \"tls:0.0.0.0:5061\" to listen")]
    [InlineData("routes: [ { match: \"*\", to: \"sips:a.example\" } ]", "add \"tls:0.0.0.0:5061\" to listen")]
    [InlineData(
        "routes: [ { match: \"*\", to: registered } ]",
        "add registrar: { domains: [ example.com ], users: users.txt }"
    )]
    [InlineData(
        "trunks: [ { name: a, from: 10.0.0.1, authenticate: users } ]",
        "add registrar: { domains: [ example.com ], users: users.txt }"
    )]
    [InlineData("registrar: { domains: a.example, users: edge.pem }", null)]
    [InlineData(
        "registrar: { domains: a.example, users: users.txt, algorithms: SHA-1 }",
        "SHA-256, SHA-512-256 or MD5"
    )]
    [InlineData(
        "credentials: { for: \"sip:a.example\", realm: example.com, user: alice, secret: users.txt }",
        "write the target just as the route has it"
    )]
    [InlineData("dns: { servers: ns.example }", "for instance 192.0.2.53 or \"192.0.2.53:5353\"")]
    [InlineData("observe: { hep: { to: collector } }", "for instance to: \"192.0.2.9:9060\"")]
    [InlineData("observe: { pcap: { folder: c, per: hour } }", "one of call, ring")]
    public void A_mistake_says_what_would_be_right(string yaml, string? remedy)
    {
        ConfigurationResult read = Read(yaml);

        read.Configuration.ShouldBeNull();
        read.Mistakes.ShouldAllBe(mistake => mistake.Remedy.Length > 0);
        if (remedy is not null)
        {
            read.Mistakes.ShouldHaveSingleItem().Remedy.ShouldBe(remedy);
        }
    }

    /// <summary>A hash is as good as a password: a mistake names the line and shows nothing of it.</summary>
    [Fact]
    public void A_mistake_in_a_file_of_credentials_shows_nothing_of_its_content()
    {
        Write("users.txt", $"alice:example.com:MD5:{Hash}0\n");

        ConfigurationMistake mistake = Read("registrar: { domains: example.com, users: users.txt }")
            .Mistakes.ShouldHaveSingleItem();

        mistake.Line.ShouldBe(1);
        mistake.ToString().ShouldNotContain(Hash);
        mistake.ToString().ShouldNotContain("alice");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private ConfigurationResult Read(string yaml) => ConfigurationReader.Read(yaml, "ringfence.yaml", _folder.FullName);
}
