using Ringfence.Media.Codecs;
using Ringfence.Media.Relay;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Tests.Relay;

public sealed class RtpRelayTests : RelayHarness
{
    [Fact]
    public void TheCaller_sees_one_stream_through_tone_far_side_prompt_and_silence()
    {
        _ = Relay.Play(new ToneSource(TonePlan.Default.ByCountry("US")!.Ringback.Cadence));
        Run(1000);
        Relay.PassThrough();
        Run(1000, calleeSends: true);
        _ = Relay.Play(new ToneSource(ToneCadence.Continuous(1000, -10), TimeSpan.FromMilliseconds(300)));
        Run(1000, calleeSends: true);
        Relay.PassThrough();
        Run(600);
        Run(400, calleeSends: true);

        var packets = Caller.Received;
        packets.Count.ShouldBeGreaterThan(150);
        packets.Select(packet => packet.Header.Ssrc).Distinct().ShouldHaveSingleItem();
        packets.ShouldAllBe(packet => packet.Header.PayloadType == 0 && packet.Payload.Length == 160);
        for (var i = 1; i < packets.Count; i++)
        {
            var (before, now) = (packets[i - 1].Header, packets[i].Header);
            now.Sequence.ShouldBe((ushort)(before.Sequence + 1));
            var step = now.Timestamp - before.Timestamp;
            (step % 160).ShouldBe(0u);
            // Only the 600 ms without any source leave a gap, and what follows it is marked.
            step.ShouldBeLessThanOrEqualTo(160u * 32);
            (step == 160 || now.Marker).ShouldBeTrue();
        }
        // Tone, far side, tone, silence, far side, far side after its pause; a switch without a packet has no marker.
        packets.Count(packet => packet.Header.Marker).ShouldBe(5);
        packets[0].Header.Marker.ShouldBeTrue();
    }

    [Fact]
    public void Both_ways_are_transcoded_and_payload_types_mapped()
    {
        Relay.PassThrough();
        Run(200, calleeSends: true, callerSends: true);
        Caller.Received.ShouldNotBeEmpty();
        Caller.Received.ShouldAllBe(packet =>
            packet.Header.PayloadType == 0 && packet.Payload[5] == MuLaw.Encode(ALaw.Decode(0x2A))
        );
        Callee.Received.ShouldNotBeEmpty();
        Callee.Received.ShouldAllBe(packet =>
            packet.Header.PayloadType == 8 && packet.Payload[5] == ALaw.Encode(MuLaw.Decode(0x2A))
        );
    }

    [Fact]
    public void Telephone_events_keep_theirTimestamp_and_get_the_other_sides_type()
    {
        Relay.PassThrough();
        Run(100, callerSends: true);
        var begin = Caller.Timestamp;
        for (var i = 0; i < 4; i++)
        {
            Caller.SendRaw(101, marker: i == 0, begin, [5, (byte)(i == 3 ? 0x8A : 0x0A), 0, (byte)(i * 40)]);
            Run(20);
        }
        var audio = Callee.Received.Where(packet => packet.Header.PayloadType == 8).ToList();
        var events = Callee.Received.Where(packet => packet.Header.PayloadType == 96).ToList();
        events.Count.ShouldBe(4);
        events
            .Select(packet => packet.Header.Timestamp)
            .Distinct()
            .ShouldHaveSingleItem()
            .ShouldBe(audio[^1].Header.Timestamp + 160);
        events.Select(packet => packet.Header.Marker).ShouldBe([true, false, false, false]);
        events[3].Payload.ShouldBe([5, 0x8A, 0, 120]);
        events[0].Header.Sequence.ShouldBe((ushort)(audio[^1].Header.Sequence + 1));
    }

    [Fact]
    public void An_attacker_neither_injects_nor_redirects()
    {
        Relay.PassThrough();
        Run(200, calleeSends: true);
        using var attacker = new RelayPeer(Relay.Callee.LocalEndPoint, 0xEE, 8) { Octet = 0x77 };
        for (var i = 0; i < 50; i++)
        {
            attacker.Send();
            Run(20, calleeSends: true, callerSends: true);
        }
        Caller.Received.ShouldAllBe(packet => packet.Payload[0] != MuLaw.Encode(ALaw.Decode(0x77)));
        attacker.Drain();
        attacker.Received.ShouldBeEmpty();
        Relay.Callee.Counters.PacketsRefused.ShouldBe(50);
        Callee.Received.Count.ShouldBeGreaterThan(40);
    }

    [Fact]
    public void Lost_duplicate_and_late_packets_of_the_far_side_leave_no_gap_in_the_sequence()
    {
        Relay.PassThrough();
        foreach (var sequence in new ushort[] { 10, 11, 11, 14, 13, 15 })
        {
            Callee.SendRaw(8, false, sequence * 160u, new byte[160], sequence);
            Run(20);
        }
        var seen = Caller.Received;
        seen.Count.ShouldBe(4);
        seen.Select(packet => (ushort)(packet.Header.Sequence - seen[0].Header.Sequence)).ShouldBe([0, 1, 2, 3]);
        seen.Select(packet => (packet.Header.Timestamp - seen[0].Header.Timestamp) / 160).ShouldBe([0u, 1u, 4u, 5u]);
        seen.Select(packet => packet.Header.Marker).ShouldBe([true, false, false, false]);
        Relay.Callee.Counters.PacketsLost.ShouldBe(1);
    }

    [Fact]
    public void Counters_tell_first_last_and_sounding_packets()
    {
        Relay.Callee.Counters.FirstPacket.ShouldBeNull();
        Run(100);
        Run(100, calleeSends: true);
        Callee.Octet = ALaw.Silence;
        Run(500, calleeSends: true);
        var counters = Relay.Callee.Counters;
        counters.FirstPacket!.Value.TotalMilliseconds.ShouldBeInRange(100, 130);
        counters.LastPacket!.Value.TotalMilliseconds.ShouldBeInRange(680, 710);
        counters.LastSound!.Value.TotalMilliseconds.ShouldBeInRange(180, 210);
        counters.PacketsReceived.ShouldBe(30);
        counters.Jitter.ShouldBe(TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Relaying_and_playing_allocate_nothing_per_packet()
    {
        _ = Relay.Play(new ToneSource(ToneCadence.Continuous(440, -10)));
        for (var i = 0; i < 100; i++)
        {
            Caller.Send();
        }
        // What a stream needs is made when it is described.
        for (var i = 0; i < 6; i++)
        {
            Time.Advance(Step);
            Clock.Advance();
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++)
        {
            Time.Advance(Step);
            Clock.Advance();
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2000);
        Callee.Drain();
        Callee.Received.Count.ShouldBe(100);
    }
}
