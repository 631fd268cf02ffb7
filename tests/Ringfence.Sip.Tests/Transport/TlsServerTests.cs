using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>Incoming TLS: what we show, and what we ask of clients (RFC 5922 §7.4).</summary>
public sealed class TlsServerTests : IDisposable
{
    private readonly TestCertificates _certificates = new();
    private readonly ConcurrentQueue<TlsRefusal> _refusals = new();

    [Theory]
    [InlineData("-tls1_2", "TLSv1.2")]
    [InlineData("-tls1_3", "TLSv1.3")]
    public async Task Openssl_sees_our_certificate_and_gets_its_OPTIONS_answered(string version, string seen)
    {
        Program.SkipWithout("openssl");
        await using TransportRig rig = Rig(_certificates.For("DNS:example.com"));
        rig.Sink.Arriving = (from, result) =>
            Task.Run(() => rig.Answer(from, (SipRequest)result.Message!, 200), TestContext.Current.CancellationToken);

        string output = await Program.RunAsync(
            "openssl",
            [
                "s_client",
                "-connect",
                $"{rig.At(TransportKind.Tls)}",
                version,
                "-CAfile",
                _certificates.RootsFile,
                "-verify_hostname",
                "example.com",
            ],
            Encoding.ASCII.GetString(Sample.Request("OPTIONS", via: "SIP/2.0/TLS 127.0.0.1;branch=z9hG4bKa")),
            output => output.Contains("SIP/2.0 200", StringComparison.Ordinal)
        );

        output.ShouldContain($"New, {seen}");
        output.ShouldContain("Verify return code: 0 (ok)");
        output.ShouldContain("subject=CN = pbx.example.com");
        output.ShouldContain("SIP/2.0 200 Why");
    }

    [Fact]
    public async Task Openssl_cannot_agree_on_TLS_1_1()
    {
        Program.SkipWithout("openssl");
        await using TransportRig rig = Rig(_certificates.For("DNS:example.com"));

        string output = await Program.RunAsync(
            "openssl",
            ["s_client", "-connect", $"{rig.At(TransportKind.Tls)}", "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"]
        );

        output.ShouldContain("Cipher is (NONE)");
        rig.Await(counters => counters.TlsRefused, 1);
        _refusals.ShouldAllBe(refusal => refusal.Fault == TlsFault.Handshake);
    }

    [Fact]
    public async Task A_client_that_proves_a_domain_sends_in_its_name()
    {
        TlsOptions tls = _certificates.For("DNS:ours.example") with { Clients = ClientCertificate.Required };
        await using TransportRig rig = Rig(tls);
        await using SslStream client = await ConnectAsync(rig, _certificates.Issue("DNS:trunk.example.net"));

        await client.WriteAsync(Sample.Request("OPTIONS"), Cancelled);

        rig.Sink.Next().From.Domain.ShouldBe("trunk.example.net");
    }

    [Fact]
    public async Task A_client_without_a_certificate_is_refused_where_one_is_required()
    {
        await RefusedAsync(new TlsChoice(ClientCertificate.Required), null, TlsFault.NoCertificate);
    }

    [Fact]
    public async Task A_client_without_a_certificate_is_served_where_one_is_optional()
    {
        TlsOptions tls = _certificates.For("DNS:ours.example") with { Clients = ClientCertificate.Optional };
        await using TransportRig rig = Rig(tls);
        await using SslStream client = await ConnectAsync(rig, null);

        await client.WriteAsync(Sample.Request("OPTIONS"), Cancelled);

        rig.Sink.Next().From.Domain.ShouldBeNull();
    }

    [Fact]
    public async Task A_client_with_a_certificate_that_does_not_hold_is_refused_even_where_it_is_optional()
    {
        using var others = new TestCertificates();
        await RefusedAsync(
            new TlsChoice(ClientCertificate.Optional),
            others.Issue("DNS:trunk.example.net"),
            TlsFault.NotTrusted
        );
    }

    [Fact]
    public async Task A_client_of_another_domain_than_those_allowed_is_refused()
    {
        await RefusedAsync(
            new TlsChoice(ClientCertificate.Required, "trunk.example.net"),
            _certificates.Issue("DNS:stranger.example.org"),
            TlsFault.WrongDomain
        );
    }

    [Fact]
    public async Task A_changed_certificate_holds_for_new_connections_and_old_ones_stay()
    {
        TlsOptions tls = _certificates.For("DNS:one.example");
        await using TransportRig rig = Rig(tls);
        await using SslStream old = await ConnectAsync(rig, null);
        string first = old.RemoteCertificate!.GetSerialNumberString();
        X509Certificate2 next = _certificates.Issue("DNS:two.example.net");

        TestCertificates.WriteTo(tls.CertificateFile, next);
        await using SslStream fresh = await ConnectAsync(rig, null);
        await old.WriteAsync(Sample.Request("OPTIONS", "still-there"), Cancelled);

        first.ShouldNotBe(next.SerialNumber);
        fresh.RemoteCertificate!.GetSerialNumberString().ShouldBe(next.SerialNumber);
        rig.Sink.NextCallId().ShouldBe("still-there");
    }

    [Fact]
    public async Task A_file_that_is_no_certificate_leaves_the_last_one_in_use()
    {
        TlsOptions tls = _certificates.For("DNS:one.example");
        var faults = new ConcurrentQueue<Exception>();
        await using SipTransport transport = SipTransport.Open(
            new SipTransportOptions
            {
                Listen = [TransportRig.Parse("tls:127.0.0.1:0")],
                Tls = tls,
                Fault = faults.Enqueue,
            },
            (_, _) => new RecordingSink()
        );
        transport.Start();

        await File.WriteAllTextAsync(tls.CertificateFile, "half a file", Cancelled);
        await using SslStream client = await ConnectAsync(transport.Listening[0].EndPoint, null);

        client.IsAuthenticated.ShouldBeTrue();
        faults.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Clients_that_break_off_in_the_handshake_leave_nothing_behind()
    {
        await using TransportRig rig = Rig(_certificates.For("DNS:one.example"));
        for (int i = 0; i < 100; i++)
        {
            StreamClient client = StreamClient.Connect(rig.At(TransportKind.Tls));
            client.Send((ReadOnlySpan<byte>)[0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3]);
            client.Reset();
        }

        SpinWait
            .SpinUntil(
                () => rig.Transport.Count() is { ConnectionsOpen: 0, ConnectionsAccepted: > 0 },
                RecordingSink.Deadline
            )
            .ShouldBeTrue();
    }

    [Fact]
    public void A_listener_without_a_certificate_or_with_a_file_that_is_none_is_refused()
    {
        var options = new SipTransportOptions { Listen = [TransportRig.Parse("wss:127.0.0.1:0")] };
        var none = new TlsOptions { CertificateFile = "/nowhere.pem" };

        Should
            .Throw<ArgumentException>(() => SipTransport.Open(options, (_, _) => new RecordingSink()))
            .Message.ShouldContain("wss:127.0.0.1:0 needs a certificate");
        Should
            .Throw<IOException>(() => SipTransport.Open(options with { Tls = none }, (_, _) => new RecordingSink()))
            .Message.ShouldContain("/nowhere.pem");
    }

    public void Dispose() => _certificates.Dispose();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private TransportRig Rig(TlsOptions tls) =>
        new(
            new SipTransportOptions
            {
                Listen = [],
                Tls = tls,
                TlsRefused = _refusals.Enqueue,
            },
            "tls:127.0.0.1:0"
        );

    private static Task<SslStream> ConnectAsync(TransportRig rig, X509Certificate2? certificate) =>
        ConnectAsync(rig.At(TransportKind.Tls), certificate);

    private static async Task<SslStream> ConnectAsync(System.Net.IPEndPoint to, X509Certificate2? certificate)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(to, Cancelled);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "example.com",
                ClientCertificateContext = certificate is null ? null : TestCertificates.Context(certificate),
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
            },
            Cancelled
        );
        return stream;
    }

    private async Task RefusedAsync(TlsChoice choice, X509Certificate2? certificate, TlsFault fault)
    {
        await using TransportRig rig = Rig(
            _certificates.For("DNS:ours.example") with
            {
                Clients = choice.Clients,
                ClientDomains = choice.Domains,
            }
        );
        try
        {
            await using SslStream client = await ConnectAsync(rig, certificate);
            await client.WriteAsync(Sample.Request("OPTIONS"), Cancelled);
        }
        catch (Exception error) when (error is IOException or System.Security.Authentication.AuthenticationException)
        {
            // With TLS 1.3 a client learns of its refusal at any time after its own part.
        }

        rig.Await(counters => counters.TlsRefused, 1);
        _refusals.ShouldHaveSingleItem().Fault.ShouldBe(fault);
        rig.Sink.Count.ShouldBe(0);
    }

    private sealed record TlsChoice(ClientCertificate Clients, params string[] Domains);
}
