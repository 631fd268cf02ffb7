using System.Net;
using System.Text;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

public class ReplyRouteTests
{
    private static readonly Peer Source = Peer.From(TransportKind.Udp, IPEndPoint.Parse("198.51.100.7:31000"), 2);

    [Theory]
    [InlineData("SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKa;rport", 31000)]
    [InlineData("SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKa", 5062)]
    [InlineData("SIP/2.0/UDP pc33.example.com;branch=z9hG4bKa", 5060)]
    [InlineData("SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKa, SIP/2.0/UDP 192.0.2.9:5099;rport", 5062)]
    public void Over_UDP_the_port_is_rports_or_sent_bys(string via, int port)
    {
        ReplyRoute.For(Source, Sample.Parsed(Sample.Request(via: via))).ShouldBe(Source with { Port = (ushort)port });
    }

    [Theory]
    [InlineData("SIP/2.0/UDP 203.0.113.66:5062;branch=z9hG4bKa;maddr=203.0.113.66")]
    [InlineData("SIP/2.0/UDP 203.0.113.66:5062;branch=z9hG4bKa;received=203.0.113.66")]
    [InlineData("SIP/2.0/UDP victim.example.com:5062;branch=z9hG4bKa;rport=9;received=203.0.113.66")]
    public void No_parameter_of_the_Via_turns_an_answer_to_a_third_host(string via)
    {
        Sip.Messages.SipRequest request = Sample.Parsed(Sample.Request(via: via));

        ReplyRoute.For(Source, request).Address.ShouldBe(Source.Address);
        ReplyRoute.Reopened(Source with { Kind = TransportKind.Tcp }, request).Address.ShouldBe(Source.Address);
    }

    [Fact]
    public void On_a_stream_the_answer_goes_back_on_the_connection()
    {
        Peer stream = Source with { Kind = TransportKind.Tcp, Connection = 17 };

        ReplyRoute
            .For(stream, Sample.Parsed(Sample.Request(via: "SIP/2.0/TCP 192.0.2.1:5062;branch=z9hG4bKa")))
            .ShouldBe(stream);
    }

    [Theory]
    [InlineData(TransportKind.Tcp, "SIP/2.0/TCP 192.0.2.1:5062;branch=z9hG4bKa", 5062)]
    [InlineData(TransportKind.Tcp, "SIP/2.0/TCP 192.0.2.1;branch=z9hG4bKa;rport", 5060)]
    [InlineData(TransportKind.Tls, "SIP/2.0/TLS 192.0.2.1;branch=z9hG4bKa", 5061)]
    public void When_the_connection_is_gone_a_new_one_goes_to_the_port_of_sent_by(
        TransportKind kind,
        string via,
        int port
    )
    {
        Peer stream = Source with { Kind = kind, Connection = 17 };

        ReplyRoute
            .Reopened(stream, Sample.Parsed(Sample.Request(via: via)))
            .ShouldBe(stream with { Port = (ushort)port, Connection = 0 });
    }

    [Fact]
    public void A_Via_that_cannot_be_read_is_answered_at_the_source()
    {
        ReplyRoute.For(Source, Sample.Parsed(Sample.Request(via: "nonsense"))).ShouldBe(Source);
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("255.255.255.255")]
    [InlineData("0.0.0.0")]
    [InlineData("2001:db8::1")]
    public void An_address_is_written_as_received_wants_it(string address)
    {
        var peer = Peer.From(TransportKind.Udp, new IPEndPoint(IPAddress.Parse(address), 5060));

        Encoding.ASCII.GetString(peer.FormatAddress(stackalloc byte[45])).ShouldBe(address);
        peer.ToIPAddress().ShouldBe(IPAddress.Parse(address));
    }
}
