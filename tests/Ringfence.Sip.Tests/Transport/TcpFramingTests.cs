using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

public class TcpFramingTests
{
    private const string Via = "SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bKa";

    private static byte[] Request(string callId, string body = "") => Sample.Request("INVITE", callId, Via, body);

    [Fact]
    public async Task A_message_may_be_cut_anywhere()
    {
        await using var rig = new TransportRig();
        using StreamClient client = StreamClient.Connect(rig.Tcp);
        byte[] request = Request("cut", body: "v=0\r\n\r\n");
        for (int cut = 1; cut < request.Length; cut++)
        {
            client.Send(request.AsSpan(0, cut));
            client.Send(request.AsSpan(cut));
            rig.Sink.Next().Result.Message!.Bytes.SequenceEqual(request).ShouldBeTrue($"cut at {cut}");
        }
    }

    [Fact]
    public async Task A_message_may_come_byte_by_byte()
    {
        await using var rig = new TransportRig();
        using StreamClient client = StreamClient.Connect(rig.Tcp);
        foreach (byte b in Request("slow", body: "v=0\r\n"))
        {
            client.Send([b]);
        }

        rig.Sink.NextCallId().ShouldBe("slow");
    }

    [Fact]
    public async Task Many_messages_in_one_segment_come_in_order()
    {
        await using var rig = new TransportRig(new SipTransportOptions { Listen = [], RingCapacity = 16 });
        using StreamClient client = StreamClient.Connect(rig.Tcp);
        byte[] all = [.. Enumerable.Range(0, 500).SelectMany(i => Request($"{i}", body: new string('x', i)))];

        client.Send(all);

        for (int i = 0; i < 500; i++)
        {
            rig.Sink.NextCallId().ShouldBe($"{i}");
        }
    }

    [Fact]
    public async Task A_message_of_the_largest_size_is_taken()
    {
        await using var rig = new TransportRig();
        using StreamClient client = StreamClient.Connect(rig.Tcp);
        byte[] request = Request("large", body: new string('x', 32 * 1024));

        client.Send(request);

        rig.Sink.Next().Result.Message!.Bytes.Length.ShouldBe(request.Length);
    }

    [Theory]
    [InlineData("\r\n\r\n", "\r\n", 1)]
    [InlineData("\r\n\r\n\r\n\r\n", "\r\n\r\n", 2)]
    public async Task A_keep_alive_is_answered(string ping, string pong, int pings)
    {
        await using var rig = new TransportRig();
        using StreamClient client = StreamClient.Connect(rig.Tcp);

        client.Send(ping);

        client.ReceiveUntil(pong).ShouldBe(pong);
        client.Send(Request("after"));
        rig.Sink.NextCallId().ShouldBe("after");
        rig.Transport.Count().StreamPings.ShouldBe(pings);
    }

    [Theory]
    [InlineData("Content-Length: 0", "Content-Length: 4294967296", 400)]
    [InlineData("Content-Length: 0", "Content-Length: 99999999999999999999", 400)]
    [InlineData("Content-Length: 0", "Content-Length: -1", 400)]
    [InlineData("Content-Length: 0", "Content-Length: 0\r\nContent-Length: 44", 400)]
    [InlineData("Content-Length: 0\r\n", "", 400)]
    [InlineData("Content-Length: 0", "Content-Length: 2147483647", 413)]
    [InlineData("Content-Length: 0", "Content-Length: 40000", 413)]
    [InlineData("Max-Forwards: 70", "No colon here", 400)]
    public async Task What_cannot_be_framed_is_answered_and_closed_and_what_hides_behind_it_is_never_read(
        string sound,
        string broken,
        int status
    )
    {
        await using var rig = new TransportRig();
        using StreamClient client = StreamClient.Connect(rig.Tcp);
        string request = Encoding.ASCII.GetString(Request("broken")).Replace(sound, broken, StringComparison.Ordinal);

        client.Send(request + Encoding.ASCII.GetString(Request("hidden")));

        client.ReceiveToEnd().ShouldStartWith($"SIP/2.0 {status} ");
        client.Dispose();
        rig.Await(counters => counters.ConnectionsOpen == 0 ? 1 : 0, 1);
        rig.Sink.Count.ShouldBe(0);
        rig.Transport.Count().StreamMalformed.ShouldBe(1);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: example.com\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n")]
    public async Task What_is_not_sip_is_closed_without_a_word(string bytes)
    {
        await using var rig = new TransportRig();
        using StreamClient client = StreamClient.Connect(rig.Tcp);

        client.Send(Encoding.Latin1.GetBytes(bytes));

        client.ReceiveToEnd().ShouldBeEmpty();
        rig.Sink.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_malformed_request_that_ends_where_it_says_is_brought_and_the_connection_goes_on()
    {
        await using var rig = new TransportRig();
        using StreamClient client = StreamClient.Connect(rig.Tcp);
        string broken = Encoding
            .ASCII.GetString(Request("one"))
            .Replace("CSeq: 314159", "CSeq: x", StringComparison.Ordinal);

        client.Send(broken);
        client.Send(Request("two"));

        rig.Sink.Next().Result.Malformed.Fault.ShouldBe(Fault.CSeq);
        rig.Sink.NextCallId().ShouldBe("two");
    }

    [Fact]
    public async Task A_malformed_response_is_dropped_and_the_connection_goes_on()
    {
        await using var rig = new TransportRig();
        using StreamClient client = StreamClient.Connect(rig.Tcp);

        client.Send("SIP/2.0 200 OK\r\nCSeq: x\r\nContent-Length: 0\r\n\r\n");
        client.Send(Request("after"));

        rig.Sink.NextCallId().ShouldBe("after");
        rig.Transport.Count().StreamMalformed.ShouldBe(1);
    }
}
