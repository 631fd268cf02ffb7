using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>What a peer can take from us on streams, and for how long. The clock is turned by hand.</summary>
public class StreamLimitsTests
{
    private const string Via = "SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bKa";

    private readonly ManualClock _clock = new();

    private TransportRig Rig(StreamLimits? limits = null) =>
        new(
            new SipTransportOptions
            {
                Listen = [],
                Clock = _clock,
                StreamLimits = limits ?? StreamLimits.Default,
            }
        );

    private static string Head(int length) =>
        $"INVITE sip:b@example.com SIP/2.0\r\nVia: {Via}\r\nFrom: <sip:a@example.com>;tag=1\r\nTo: <sip:b@example.com>\r\n"
        + $"Call-ID: x\r\nCSeq: 1 INVITE\r\nContent-Length: {length}\r\n\r\n";

    private void Turn(double seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    [Fact]
    public async Task A_connection_that_says_nothing_is_closed_after_ten_seconds()
    {
        await using TransportRig rig = Rig();
        using StreamClient client = StreamClient.Connect(rig.Tcp);
        rig.Await(counters => counters.ConnectionsAccepted, 1);

        Turn(9.5);
        rig.Transport.Count().ConnectionsOpen.ShouldBe(1);
        Turn(2);

        rig.Transport.Count().ConnectionsOpen.ShouldBe(0);
        rig.Transport.Count().ConnectionsTimedOut.ShouldBe(1);
        client.ReceiveToEnd().ShouldBeEmpty();
    }

    [Fact]
    public async Task Headers_must_end_thirty_seconds_after_they_began_however_steadily_they_drip()
    {
        await using TransportRig rig = Rig();
        using StreamClient client = StreamClient.Connect(rig.Tcp);
        // The keep-alive is answered when everything before it has been read.
        client.Send("\r\n\r\n");
        client.ReceiveUntil("\r\n");
        client.Send("INVITE sip:b@example.com SIP/2.0\r\n");
        SpinWait.SpinUntil(() => rig.IsReading(StreamPhase.Header), RecordingSink.Deadline).ShouldBeTrue();

        for (int i = 0; i < 29; i++)
        {
            Turn(1);
            client.Send("X-Drip: 1\r\n");
        }

        rig.Transport.Count().ConnectionsOpen.ShouldBe(1);
        Turn(3);
        rig.Transport.Count().ConnectionsTimedOut.ShouldBe(1);
        rig.Transport.Count().ConnectionsOpen.ShouldBe(0);
    }

    [Fact]
    public async Task A_body_must_end_thirty_seconds_after_the_headers()
    {
        await using TransportRig rig = Rig();
        using StreamClient client = StreamClient.Connect(rig.Tcp);
        client.Send(Head(1000) + "v=0");
        SpinWait.SpinUntil(() => rig.IsReading(StreamPhase.Body), RecordingSink.Deadline).ShouldBeTrue();

        Turn(29);
        client.Send("x");
        rig.Transport.Count().ConnectionsOpen.ShouldBe(1);
        Turn(3);

        rig.Transport.Count().ConnectionsOpen.ShouldBe(0);
        rig.Sink.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Between_messages_a_connection_may_be_silent_for_ten_minutes()
    {
        await using TransportRig rig = Rig();
        using StreamClient client = StreamClient.Connect(rig.Tcp);
        client.Send(Head(0));
        rig.Sink.Next();
        SpinWait.SpinUntil(() => rig.IsReading(StreamPhase.Idle), RecordingSink.Deadline).ShouldBeTrue();

        Turn(599);
        rig.Transport.Count().ConnectionsOpen.ShouldBe(1);
        Turn(3);

        rig.Transport.Count().ConnectionsOpen.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_sent_keeps_a_connection_open_too()
    {
        await using TransportRig rig = Rig();
        using StreamClient client = StreamClient.Connect(rig.Tcp);
        client.Send(Head(0));
        (Peer from, ParseResult result) = rig.Sink.Next();
        SpinWait.SpinUntil(() => rig.IsReading(StreamPhase.Idle), RecordingSink.Deadline).ShouldBeTrue();

        Turn(500);
        rig.Answer(from, (SipRequest)result.Message!, 180).ShouldBe(SendOutcome.Sent);
        Turn(500);

        rig.Transport.Count().ConnectionsOpen.ShouldBe(1);
    }

    [Fact]
    public async Task One_source_has_at_most_so_many_connections_and_gets_more_when_it_closes_some()
    {
        await using TransportRig rig = Rig(new StreamLimits { PerSource = 3 });
        List<StreamClient> clients = [.. Enumerable.Range(0, 3).Select(_ => StreamClient.Connect(rig.Tcp))];
        rig.Await(counters => counters.ConnectionsAccepted, 3);

        using StreamClient fourth = StreamClient.Connect(rig.Tcp);
        fourth.ReceiveToEnd().ShouldBeEmpty();
        rig.Transport.Count().ConnectionsRefusedPerSource.ShouldBe(1);

        clients[0].Dispose();
        rig.Await(counters => counters.ConnectionsOpen == 2 ? 1 : 0, 1);
        using StreamClient fifth = StreamClient.Connect(rig.Tcp);
        fifth.Send(Head(0));
        rig.Sink.Next();
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task There_are_at_most_so_many_connections_in_all()
    {
        await using TransportRig rig = Rig(new StreamLimits { Connections = 2 });
        using StreamClient one = StreamClient.Connect(rig.Tcp);
        using StreamClient two = StreamClient.Connect(rig.Tcp);
        rig.Await(counters => counters.ConnectionsAccepted, 2);

        using StreamClient three = StreamClient.Connect(rig.Tcp);
        three.ReceiveToEnd().ShouldBeEmpty();

        rig.Transport.Count().ConnectionsRefusedFull.ShouldBe(1);
        using var server = new TcpServer();
        rig.OnLane(wire => wire.Send(Peer.From(TransportKind.Tcp, server.EndPoint), Sample.Request()))
            .ShouldBe(SendOutcome.NoRoute);
    }

    [Fact]
    public async Task A_peer_that_does_not_read_fills_its_own_queue_and_nobody_elses()
    {
        await using TransportRig rig = Rig();
        using StreamClient deaf = StreamClient.Connect(rig.Tcp);
        deaf.Send(Head(0));
        Peer to = rig.Sink.Next().From;
        byte[] large = Sample.Request(via: Via, body: new string('x', 32_000));

        SendOutcome outcome = SendOutcome.Sent;
        for (int i = 0; i < 2000 && outcome == SendOutcome.Sent; i++)
        {
            outcome = rig.OnLane(wire => wire.Send(to, large));
        }

        outcome.ShouldBe(SendOutcome.QueueFull);
        rig.Transport.Count().StreamQueueFull.ShouldBe(1);
        using StreamClient other = StreamClient.Connect(rig.Tcp);
        other.Send(Head(0));
        (Peer from, ParseResult result) = rig.Sink.Next();
        rig.Answer(from, (SipRequest)result.Message!, 200).ShouldBe(SendOutcome.Sent);
        other.ReceiveUntil("\r\n\r\n").ShouldStartWith("SIP/2.0 200 ");
    }

    [Fact]
    public async Task What_is_written_while_connecting_is_bounded_too()
    {
        await using TransportRig rig = Rig();
        using var full = new FullBacklog();
        Peer nowhere = Peer.From(TransportKind.Tcp, full.EndPoint);
        byte[] large = Sample.Request(via: Via, body: new string('x', 32_000));

        List<SendOutcome> outcomes =
        [
            .. Enumerable.Range(0, 5).Select(_ => rig.OnLane(wire => wire.Send(nowhere, large))),
        ];

        outcomes[..4].ShouldAllBe(outcome => outcome == SendOutcome.Sent);
        outcomes[4].ShouldBe(SendOutcome.QueueFull);
        Turn(7);
        (rig.Sink.NextError() with { Connection = 0 }).ShouldBe(nowhere with { Listener = 1 });
        rig.Transport.Count().ConnectionsFailed.ShouldBe(1);
    }

    [Fact]
    public async Task Slow_connections_do_not_hold_up_udp_nor_new_connections()
    {
        await using TransportRig rig = Rig(new StreamLimits { PerSource = 500 });
        List<StreamClient> slow = [.. Enumerable.Range(0, 400).Select(_ => StreamClient.Connect(rig.Tcp))];
        slow.ForEach(client => client.Send("INVITE sip:b@exa"));
        rig.Await(counters => counters.ConnectionsAccepted, 400);

        using System.Net.Sockets.UdpClient udp = TransportRig.UdpClient();
        udp.Send(Sample.Request(callId: "udp"), rig.Udp);
        rig.Sink.NextCallId().ShouldBe("udp");
        using StreamClient tcp = StreamClient.Connect(rig.Tcp);
        tcp.Send(Head(0));
        rig.Sink.NextCallId().ShouldBe("x");
        slow.ForEach(client => client.Dispose());
    }
}
