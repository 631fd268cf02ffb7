using System.Net;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>One TLS connection for many requests, in both directions where both ends are proved (RFC 5923).</summary>
public sealed class TlsReuseTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    [Fact]
    public async Task Requests_to_one_domain_share_a_connection_and_another_domain_at_that_address_has_its_own()
    {
        await using TransportRig one = Rig("one.example");
        await using TransportRig two = Rig("two.example", "three.example");
        Peer to = To(two, "two.example");

        Send(one, to, "first");
        Send(one, to with { Domain = "Two.Example" }, "second");
        Send(one, to with { Domain = "three.example" }, "third");

        string[] callIds = [two.Sink.NextCallId(), two.Sink.NextCallId(), two.Sink.NextCallId()];
        callIds.Order().ShouldBe(["first", "second", "third"]);
        two.Transport.Count().ConnectionsAccepted.ShouldBe(2);
    }

    [Theory]
    [InlineData(";alias", 0)]
    [InlineData("", 1)]
    public async Task A_proved_peer_is_called_back_on_its_connection_when_it_asks_for_that(string parameter, int opened)
    {
        await using TransportRig one = Rig("one.example");
        await using TransportRig two = Rig("two.example");
        IPEndPoint advertised = one.At(TransportKind.Tls);
        string via = $"SIP/2.0/TLS {advertised};branch=z9hG4bKa{parameter}";
        Send(one, To(two, "two.example"), "there", via);
        two.Sink.Next().From.Domain.ShouldBe("one.example");

        Send(two, To(one, "one.example"), "and back");

        one.Sink.NextCallId().ShouldBe("and back");
        two.Transport.Count().ConnectionsOpened.ShouldBe(opened);
    }

    [Fact]
    public async Task A_connection_is_not_taken_for_a_domain_that_its_peer_has_not_proved()
    {
        await using TransportRig one = Rig("one.example");
        await using TransportRig two = Rig("two.example");
        string via = $"SIP/2.0/TLS {one.At(TransportKind.Tls)};branch=z9hG4bKa;alias";
        Send(one, To(two, "two.example"), "there", via);
        two.Sink.Next();

        Send(two, To(one, "bank.example"), "for the bank");

        two.Sink.NextError().Domain.ShouldBe("bank.example");
        two.Transport.Count().TlsRefused.ShouldBe(1);
        one.Sink.Count.ShouldBe(0);
    }

    public void Dispose() => _certificates.Dispose();

    private TransportRig Rig(params string[] domains) =>
        new(
            new SipTransportOptions
            {
                Listen = [],
                Tls = _certificates.For([.. domains.Select(domain => $"DNS:{domain}")]) with
                {
                    Clients = ClientCertificate.Required,
                },
            },
            "tls:127.0.0.1:0"
        );

    private static Peer To(TransportRig rig, string domain) =>
        Peer.From(TransportKind.Tls, rig.At(TransportKind.Tls)) with
        {
            Domain = domain,
        };

    private static void Send(
        TransportRig rig,
        Peer to,
        string callId,
        string via = "SIP/2.0/TLS 127.0.0.1;branch=z9hG4bKa"
    ) => rig.OnLane(wire => wire.Send(to, Sample.Request("OPTIONS", callId, via))).ShouldBe(SendOutcome.Sent);
}
