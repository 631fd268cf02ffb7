using System.Net;
using System.Net.Sockets;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

public class TcpTransportTests
{
    private const string Via = "SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bKa";

    private static byte[] Request(string callId, string body = "", string method = "INVITE") =>
        Sample.Request(method, callId, Via, body);

    [Fact]
    public async Task A_request_and_its_answer_share_a_connection()
    {
        await using var rig = new TransportRig();
        using StreamClient client = StreamClient.Connect(rig.Tcp);
        client.Send(Request("one"));

        (Peer from, ParseResult result) = rig.Sink.Next();
        from.Connection.ShouldNotBe(0);
        from.ToEndPoint().ShouldBe(client.Local);
        rig.Answer(from, (SipRequest)result.Message!, 607).ShouldBe(SendOutcome.Sent);

        client.ReceiveUntil("\r\n\r\n").ShouldStartWith("SIP/2.0 607 ");
    }

    [Fact]
    public async Task A_full_ring_stops_the_reading_and_nothing_is_lost()
    {
        await using var rig = new TransportRig(new SipTransportOptions { Listen = [], RingCapacity = 2 });
        var held = new HeldLane(rig.Transport.Lanes.Lanes[0]);
        using StreamClient client = StreamClient.Connect(rig.Tcp);
        client.Send([.. Enumerable.Range(0, 100).SelectMany(i => Request($"{i}"))]);
        rig.Await(counters => counters.StreamPaused, 1);
        rig.Transport.Lanes.Lanes[0].QueueDepth.ShouldBe(2);

        held.Dispose();

        for (int i = 0; i < 100; i++)
        {
            rig.Sink.NextCallId().ShouldBe($"{i}");
        }

        rig.Transport.Count().RefusedForRoom.ShouldBe(0);
    }

    [Fact]
    public async Task Resets_in_the_middle_of_a_message_leave_nothing_behind()
    {
        await using var rig = new TransportRig();
        byte[] request = Request("whole");
        for (int i = 0; i < 200; i++)
        {
            StreamClient client = StreamClient.Connect(rig.Tcp);
            client.Send(request);
            client.Send(request.AsSpan(0, 1 + (i % (request.Length - 1))));
            client.Reset();
        }

        rig.Await(counters => counters.ConnectionsAccepted, 200);
        rig.Await(counters => counters.ConnectionsOpen == 0 ? 1 : 0, 1);

        using StreamClient next = StreamClient.Connect(rig.Tcp);
        next.Send(Request("next"));
        while (rig.Sink.NextCallId() != "next") { }
    }

    [Fact]
    public async Task A_request_opens_a_connection_and_the_next_one_uses_it_again()
    {
        await using var rig = new TransportRig();
        using var server = new TcpServer();
        Peer to = Peer.From(TransportKind.Tcp, server.EndPoint);

        rig.OnLane(wire => wire.Send(to, Request("one"))).ShouldBe(SendOutcome.Sent);
        rig.OnLane(wire => wire.Send(to, Request("two"))).ShouldBe(SendOutcome.Sent);
        using StreamClient far = server.Accept();

        far.ReceiveUntil("\r\n\r\n").ShouldContain("Call-ID: one");
        rig.OnLane(wire => wire.Send(to, Request("three"))).ShouldBe(SendOutcome.Sent);
        far.ReceiveUntil("Call-ID: three\r\nCSeq: 314159 INVITE\r\nContent-Length: 0\r\n\r\n");
        far.Send(Sample.Response());
        (Peer source, ParseResult result) = rig.Sink.Next();
        source.ShouldBe(to with { Listener = 1, Connection = source.Connection });
        result.Message.ShouldBeOfType<SipResponse>();
        rig.Transport.Count().ConnectionsOpened.ShouldBe(1);
    }

    [Fact]
    public async Task When_the_open_connection_is_closing_the_next_request_opens_another()
    {
        await using var rig = new TransportRig();
        using var server = new TcpServer();
        Peer to = Peer.From(TransportKind.Tcp, server.EndPoint);
        rig.OnLane(wire => wire.Send(to, Request("one")));
        using StreamClient far = server.Accept();
        far.Send("nonsense\r\n\r\n");
        rig.Await(counters => counters.StreamMalformed, 1);

        rig.OnLane(wire => wire.Send(to, Request("two"))).ShouldBe(SendOutcome.Sent);

        using StreamClient another = server.Accept();
        another.ReceiveUntil("\r\n\r\n").ShouldContain("Call-ID: two");
    }

    [Fact]
    public async Task A_refused_connection_is_told_and_large_requests_then_stay_on_udp()
    {
        await using var rig = new TransportRig();
        // Bound, so that nobody else gets the port, and not listening.
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Peer udp = Peer.From(TransportKind.Udp, (IPEndPoint)closed.LocalEndPoint!);
        rig.OnLane(wire => wire.WayFor(udp, 1300)).ShouldBe(udp);
        Peer way = rig.OnLane(wire => wire.WayFor(udp, 1301));
        way.Kind.ShouldBe(TransportKind.Tcp);

        rig.OnLane(wire => wire.Send(way, Request("large"))).ShouldBe(SendOutcome.Sent);

        (rig.Sink.NextError() with { Connection = 0 }).ShouldBe(way);
        rig.OnLane(wire => wire.WayFor(udp, 1301)).ShouldBe(udp);
        rig.Transport.Count().ConnectionsFailed.ShouldBe(1);
        rig.Transport.Count().ConnectionsOpen.ShouldBe(0);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_told_to_the_lane_that_sent_on_it_and_leads_nowhere()
    {
        await using var rig = new TransportRig();
        StreamClient client = StreamClient.Connect(rig.Tcp);
        client.Send(Request("one"));
        (Peer from, ParseResult result) = rig.Sink.Next();
        rig.Answer(from, (SipRequest)result.Message!, 100);
        client.ReceiveUntil("\r\n\r\n");

        client.Reset();

        rig.Sink.NextError().ShouldBe(from);
        rig.Answer(from, (SipRequest)result.Message!, 607).ShouldBe(SendOutcome.NoRoute);
    }

    [Fact]
    public async Task When_its_connection_is_gone_an_answer_opens_one_to_sent_by()
    {
        await using var rig = new TransportRig();
        using var server = new TcpServer();
        StreamClient client = StreamClient.Connect(rig.Tcp);
        client.Send(Sample.Request(via: $"SIP/2.0/TCP {server.EndPoint};branch=z9hG4bKa"));
        (Peer from, ParseResult result) = rig.Sink.Next();
        client.Reset();
        rig.Await(counters => counters.ConnectionsOpen == 0 ? 1 : 0, 1);
        var request = (SipRequest)result.Message!;

        rig.Answer(ReplyRoute.Reopened(from, request), request, 607).ShouldBe(SendOutcome.Sent);

        using StreamClient far = server.Accept();
        far.ReceiveUntil("\r\n\r\n").ShouldStartWith("SIP/2.0 607 ");
    }

    [Fact]
    public async Task Stopping_sends_what_is_queued_and_takes_no_more_connections()
    {
        await using var rig = new TransportRig();
        using var server = new TcpServer();
        Peer to = Peer.From(TransportKind.Tcp, server.EndPoint);
        rig.OnLane(wire => wire.Send(to, Request("last")));
        using StreamClient far = server.Accept();

        rig.Transport.Drain();
        rig.Transport.IsDraining.ShouldBeTrue();
        Should.Throw<SocketException>(() => StreamClient.Connect(rig.Tcp));
        rig.OnLane(wire => wire.Send(to, Request("very last"))).ShouldBe(SendOutcome.Sent);
        using var deadline = new CancellationTokenSource(RecordingSink.Deadline);
        Task stopped = rig.Transport.StopAsync(deadline.Token);

        far.ReceiveToEnd().ShouldContain("Call-ID: very last");
        far.Dispose();
        await stopped;
        deadline.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Stopping_does_not_wait_longer_than_it_may_for_a_far_end_that_does_not_close()
    {
        await using var rig = new TransportRig();
        using StreamClient client = StreamClient.Connect(rig.Tcp);
        client.Send(Request("one"));
        rig.Sink.Next();
        using var deadline = new CancellationTokenSource();
        Task stopped = rig.Transport.StopAsync(deadline.Token);

        await deadline.CancelAsync();
        await stopped;

        client.ReceiveToEnd().ShouldBeEmpty();
    }
}
