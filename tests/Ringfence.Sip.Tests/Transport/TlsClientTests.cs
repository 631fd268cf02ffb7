using System.Collections.Concurrent;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>Outgoing TLS: the domain that a request is sent to is the one that the far end must prove (RFC 5922 §7.3).</summary>
public sealed class TlsClientTests : IDisposable
{
    private const string Domain = "example.com";
    private readonly TestCertificates _certificates = new();
    private readonly ConcurrentQueue<TlsRefusal> _refusals = new();

    [Theory]
    [InlineData("DNS:example.com")]
    [InlineData("DNS:EXAMPLE.com")]
    [InlineData("URI:sip:example.com")]
    [InlineData("URI:SIP:example.com;transport=tls", "DNS:other.example.net")]
    [InlineData("DNS:pbx.example.net", "DNS:example.com")]
    [InlineData("URI:https://www.example.net/", "DNS:example.com")]
    public async Task A_server_that_proves_the_domain_gets_the_message(params string[] names)
    {
        using var server = new TlsServer(_certificates.Issue(names));
        await using TransportRig rig = Rig();

        Send(rig, To(server)).ShouldBe(SendOutcome.Sent);

        (await server.Received.WaitAsync(RecordingSink.Deadline, Cancelled)).ShouldStartWith("OPTIONS ");
        rig.Transport.Count().TlsRefused.ShouldBe(0);
    }

    [Theory]
    [InlineData("DNS:other.example.net")]
    [InlineData("DNS:*.com")]
    [InlineData("DNS:sip.example.com")]
    [InlineData("DNS:com")]
    [InlineData("URI:sip:other.example.net", "DNS:example.com")]
    [InlineData("URI:sip:alice@example.com")]
    [InlineData("URI:sips:example.com")]
    [InlineData("IP:127.0.0.1")]
    public Task A_server_that_proves_another_domain_gets_nothing(params string[] names) =>
        Refused(_certificates.Issue(names), TlsFault.WrongDomain);

    [Fact]
    public Task A_wildcard_matches_no_host_below_it() =>
        Refused(_certificates.Issue("DNS:*.example.com"), TlsFault.WrongDomain, domain: "sip.example.com");

    [Fact]
    public Task The_common_name_is_not_looked_at() =>
        Refused(_certificates.Issue(), TlsFault.WrongDomain, domain: "pbx.example.com");

    [Fact]
    public Task A_name_with_a_NUL_is_refused_whatever_else_is_named() =>
        Refused(_certificates.Issue("DNS:example.com", "DNS:example.com\0.attacker.example"), TlsFault.BadName);

    [Fact]
    public Task An_expired_certificate_is_refused() =>
        Refused(_certificates.Issue(["DNS:example.com"], isExpired: true, isSelfSigned: false), TlsFault.Expired);

    [Fact]
    public Task A_self_signed_certificate_is_refused() =>
        Refused(_certificates.Issue(["DNS:example.com"], isExpired: false, isSelfSigned: true), TlsFault.NotTrusted);

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        using var others = new TestCertificates();
        await Refused(others.Issue("DNS:example.com"), TlsFault.NotTrusted);
    }

    [Fact]
    public Task TLS_1_0_is_refused() =>
        // It is refused by our side or, where the system forbids it, by the far end: nothing is sent either way.
#pragma warning disable CA5397, SYSLIB0039
        Refused(_certificates.Issue("DNS:example.com"), TlsFault.Handshake, protocols: SslProtocols.Tls);
#pragma warning restore CA5397, SYSLIB0039

    [Fact]
    public async Task Without_a_domain_the_certificate_must_name_the_address()
    {
        using var right = new TlsServer(_certificates.Issue("IP:127.0.0.1"));
        using var wrong = new TlsServer(_certificates.Issue("DNS:127.0.0.1"));
        await using TransportRig rig = Rig();

        Send(rig, To(right) with { Domain = null }).ShouldBe(SendOutcome.Sent);
        Send(rig, To(wrong) with { Domain = null }).ShouldBe(SendOutcome.Sent);

        (await right.Received.WaitAsync(RecordingSink.Deadline, Cancelled)).ShouldStartWith("OPTIONS ");
        (await wrong.Received.WaitAsync(RecordingSink.Deadline, Cancelled)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_asks_is_shown_our_certificate()
    {
        using var server = new TlsServer(_certificates.Issue("DNS:example.com"), asks: true);
        await using TransportRig rig = Rig();

        Send(rig, To(server)).ShouldBe(SendOutcome.Sent);

        (await server.Received.WaitAsync(RecordingSink.Deadline, Cancelled)).ShouldStartWith("OPTIONS ");
        server.ClientSubject.ShouldBe("CN=pbx.example.com");
    }

    public void Dispose() => _certificates.Dispose();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Peer To(TlsServer server, string domain = Domain) =>
        Peer.From(TransportKind.Tls, server.EndPoint) with
        {
            Domain = domain,
        };

    private static SendOutcome Send(TransportRig rig, Peer to) =>
        rig.OnLane(wire => wire.Send(to, Sample.Request("OPTIONS")));

    private TransportRig Rig() =>
        new(
            new SipTransportOptions
            {
                Listen = [],
                Tls = _certificates.For("DNS:ours.example"),
                TlsRefused = _refusals.Enqueue,
            },
            "tls:127.0.0.1:0"
        );

    private async Task Refused(
        X509Certificate2 certificate,
        TlsFault fault,
        string domain = Domain,
        SslProtocols protocols = SslProtocols.None
    )
    {
        using var server = new TlsServer(certificate, protocols);
        await using TransportRig rig = Rig();
        Peer to = To(server, domain);

        Send(rig, to).ShouldBe(SendOutcome.Sent);

        Peer error = rig.Sink.NextError();
        (error with { Connection = 0 }).ShouldBe(to);
        (await server.Received.WaitAsync(RecordingSink.Deadline, Cancelled)).ShouldBeEmpty();
        rig.Transport.Count().TlsRefused.ShouldBe(1);
        TlsRefusal refusal = _refusals.ShouldHaveSingleItem();
        refusal.Fault.ShouldBe(fault);
        refusal.Detail.ShouldNotBeEmpty();
        refusal.Peer.Domain.ShouldBe(domain);
    }
}
