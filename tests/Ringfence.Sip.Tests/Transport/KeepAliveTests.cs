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
            int seconds = TurnUntil(far);
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
        TurnUntil(far);
        far.ReceiveUntil("\r\n\r\n").ShouldBe("\r\n\r\n");
        rig.Sink.Errors.ShouldBe(0);
        for (int i = 0; i < 11; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        rig.Sink.NextError().Port.ShouldBe(flow.Port);
        rig.Transport.Count().FlowsFailed.ShouldBe(1);
        rig.OnLane(wire => wire.KeepAlive(flow, TimeSpan.FromSeconds(30))).ShouldBeFalse();
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
    private int TurnUntil(StreamClient far)
    {
        int seconds = 0;
        while (!far.HasReceived && seconds < 60)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            seconds++;
        }

        return seconds;
    }
}
