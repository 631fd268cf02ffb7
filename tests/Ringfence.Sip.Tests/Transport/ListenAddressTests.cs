using System.Net;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

public class ListenAddressTests
{
    [Theory]
    [InlineData("udp:0.0.0.0:5060", TransportKind.Udp, "0.0.0.0:5060")]
    [InlineData("tcp:127.0.0.1:0", TransportKind.Tcp, "127.0.0.1:0")]
    [InlineData("UDP:192.0.2.1", TransportKind.Udp, "192.0.2.1:5060")]
    [InlineData("udp:[::]:5070", TransportKind.Udp, "[::]:5070")]
    [InlineData("tls:192.0.2.1", TransportKind.Tls, "192.0.2.1:5061")]
    [InlineData("ws:192.0.2.1", TransportKind.Ws, "192.0.2.1:80")]
    [InlineData("wss:[::1]", TransportKind.Wss, "[::1]:443")]
    [InlineData("tcp:[2001:db8::1]", TransportKind.Tcp, "[2001:db8::1]:5060")]
    public void An_address_is_a_transport_an_address_and_a_port(string text, TransportKind kind, string endPoint)
    {
        ListenAddress.TryParse(text, out ListenAddress listen, out string error).ShouldBeTrue(error);

        listen.Kind.ShouldBe(kind);
        listen.EndPoint.ShouldBe(IPEndPoint.Parse(endPoint));
        error.ShouldBeEmpty();
        ListenAddress.TryParse(listen.ToString(), out ListenAddress again, out _).ShouldBeTrue();
        again.ShouldBe(listen);
    }

    [Theory]
    [InlineData("", "does not begin with a transport")]
    [InlineData("udp", "does not begin with a transport")]
    [InlineData("0.0.0.0:5060", "does not begin with a transport")]
    [InlineData("sctp:0.0.0.0:5060", "does not begin with a transport")]
    [InlineData("udp:", "is not an IP address and a port")]
    [InlineData("udp:example.com:5060", "names are not looked up here")]
    [InlineData("udp:192.0.2.1:65536", "a port of 0 to 65535")]
    [InlineData("udp:192.0.2.1:-1", "a port of 0 to 65535")]
    [InlineData("udp:192.0.2.1:5060x", "a port of 0 to 65535")]
    [InlineData("udp:2001:db8::1:5060", "stands in brackets")]
    [InlineData("udp:[::1:5060", "is not an IP address and a port")]
    public void What_is_wrong_is_said_in_a_sentence_that_quotes_it(string text, string says)
    {
        ListenAddress.TryParse(text, out _, out string error).ShouldBeFalse();

        error.ShouldContain($"\"{text}\"");
        error.ShouldContain(says);
    }
}
