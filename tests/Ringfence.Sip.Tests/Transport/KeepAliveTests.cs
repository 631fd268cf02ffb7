using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>Flows that this process holds open (RFC 5626 §3.5.1, §4.4.1).</summary>
public class KeepAliveTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_flow_is_pinged_within_each_period_and_stays_while_it_answers()
    {
        await using TransportRig rig = Rig();
        using var server = new TcpServer();
        using StreamClient far = Open(rig, server, out Peer flow);

        rig.OnLane(wire => wire.KeepAlive(flow, TimeSpan.FromSeconds(30))).ShouldBeTrue();
        for (int i = 0; i < 30; i++)
        {
            int seconds = TurnUntil(rig, far);
            far.ReceiveUntil("\r\n\r\n").ShouldBe("\r\n\r\n");
            seconds.ShouldBeInRange(24, 31);
            // What follows the pong shows when it has been read.
            far.Send([
                .. "\r\n"u8,
                .. Sample.Request(callId: $"after-{i}", via: "SIP/2.0/TCP 127.0.0.1;branch=z9hG4bKa"),
            ]);
            rig.Sink.NextCallId().ShouldBe($"after-{i}");
        }

        rig.Transport.Count().FlowsFailed.ShouldBe(0);
    }

    [Fact]
    public async Task A_ping_that_is_not_answered_in_10_seconds_ends_the_flow_and_the_senders_are_told()
    {
        await using TransportRig rig = Rig();
        using var server = new TcpServer();
        using StreamClient far = Open(rig, server, out Peer flow);

        rig.OnLane(wire => wire.KeepAlive(flow, TimeSpan.FromSeconds(30))).ShouldBeTrue();
        TurnUntil(rig, far);
        far.ReceiveUntil("\r\n\r\n").ShouldBe("\r\n\r\n");
        rig.Sink.Errors.ShouldBe(0);
        Turn(rig, 11);

        rig.Sink.NextError().Port.ShouldBe(flow.Port);
        rig.Transport.Count().FlowsFailed.ShouldBe(1);
        rig.OnLane(wire => wire.KeepAlive(flow, TimeSpan.FromSeconds(30))).ShouldBeFalse();
    }

    [Fact]
    public async Task Flows_are_pinged_without_being_asked_for_and_one_that_never_answered_is_left_in_peace()
    {
        await using TransportRig rig = Rig();
        using var server = new TcpServer();
        using StreamClient far = Open(rig, server, out _);

        for (int i = 0; i < 4; i++)
        {
            TurnUntil(rig, far, 121).ShouldBeInRange(96, 121);
            far.ReceiveUntil("\r\n\r\n").ShouldBe("\r\n\r\n");
        }

        rig.Transport.Count().FlowsFailed.ShouldBe(0);
        rig.Transport.Count().ConnectionsOpen.ShouldBe(1);
    }

    [Fact]
    public async Task A_flow_that_answered_once_and_falls_silent_is_closed_and_the_next_request_opens_another()
    {
        await using TransportRig rig = Rig();
        using var server = new TcpServer();
        using StreamClient far = Open(rig, server, out Peer flow);
        TurnUntil(rig, far, 121);
        far.ReceiveUntil("\r\n\r\n");
        far.Send([.. "\r\n"u8, .. Sample.Request(callId: "read", via: "SIP/2.0/TCP 127.0.0.1;branch=z9hG4bKa")]);
        rig.Sink.NextCallId().ShouldBe("read");

        TurnUntil(rig, far, 121);
        far.ReceiveUntil("\r\n\r\n");
        Turn(rig, 11);

        rig.Sink.NextError().Port.ShouldBe(flow.Port);
        rig.Transport.Count().FlowsFailed.ShouldBe(1);
        far.ReceiveToEnd().ShouldBeEmpty();
        Open(rig, server, out _).Dispose();
        rig.Transport.Count().ConnectionsOpened.ShouldBe(2);
    }

    [Fact]
    public async Task A_flow_that_no_message_is_sent_over_is_held_for_two_hours_however_well_it_answers()
    {
        await using TransportRig rig = Rig();
        using var server = new TcpServer();
        using StreamClient far = Open(rig, server, out _);
        int held = 0;
        for (int seconds = TurnUntil(rig, far, 900); seconds < 900; seconds = TurnUntil(rig, far, 900))
        {
            held += seconds;
            far.ReceiveUntil("\r\n\r\n");
            // What follows the pong shows when it has been read.
            far.Send([.. "\r\n"u8, .. Sample.Request(callId: "read", via: "SIP/2.0/TCP 127.0.0.1;branch=z9hG4bKa")]);
            rig.Sink.NextCallId().ShouldBe("read");
        }

        held.ShouldBeInRange(7200 - 121, 7200);
        far.ReceiveToEnd().ShouldBeEmpty();
        rig.Transport.Count().ConnectionsTimedOut.ShouldBe(1);
    }

    [Fact]
    public async Task A_browser_is_pinged_twice_a_minute_and_one_that_does_not_answer_is_gone()
    {
        await using var rig = new TransportRig(
            new SipTransportOptions { Listen = [], Clock = _clock },
            "udp:127.0.0.1:0",
            "ws:127.0.0.1:0"
        );
        using StreamClient browser = WebSocketFrames.Upgraded(rig);
        browser.Send(WebSocketFrames.Frame(WebSocketFrames.Text, Sample.Request(callId: "first")));
        (Peer from, ParseResult result) = rig.Sink.Next();
        rig.Answer(from, (SipRequest)result.Message!, 200);
        browser.ReceiveUntil("\r\n\r\n");
        for (int i = 0; i < 30; i++)
        {
            TurnUntil(rig, browser, 31).ShouldBeInRange(24, 31);
            browser.ReceiveUntil("\0").Length.ShouldBe(2);
            browser.Send([
                .. WebSocketFrames.Frame(WebSocketFrames.Pong, ""),
                .. WebSocketFrames.Frame(WebSocketFrames.Text, Sample.Request(callId: "read")),
            ]);
            rig.Sink.NextCallId().ShouldBe("read");
        }

        TurnUntil(rig, browser, 31);
        browser.ReceiveUntil("\0");
        Turn(rig, 11);

        browser.ReceiveToEnd();
        rig.Transport.Count().FlowsFailed.ShouldBe(1);
    }

    private TransportRig Rig() => new(new SipTransportOptions { Listen = [], Clock = _clock });

    private static StreamClient Open(TransportRig rig, TcpServer server, out Peer flow)
    {
        Peer to = Peer.From(TransportKind.Tcp, server.EndPoint);
        flow = to;
        rig.OnLane(wire => wire.Send(to, Sample.Request())).ShouldBe(SendOutcome.Sent);
        StreamClient far = server.Accept();
        far.ReceiveUntil("\r\n\r\n");
        return far;
    }

    /// <summary>Second by second, until something has come; how many that took.</summary>
    private int TurnUntil(TransportRig rig, StreamClient far, int most = 60)
    {
        int seconds = 0;
        while (!far.HasReceived && seconds < most)
        {
            Turn(rig, 1);
            seconds++;
        }

        return seconds;
    }

    /// <summary>Second by second: what is sent in one has gone out before the next.</summary>
    private void Turn(TransportRig rig, int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            SpinWait
                .SpinUntil(() => !rig.Transport.Streams.Connections.Any(flow => flow.IsSending), RecordingSink.Deadline)
                .ShouldBeTrue();
        }
    }
}
