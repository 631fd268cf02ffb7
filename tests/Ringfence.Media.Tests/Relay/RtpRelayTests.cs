using System.Net;
using Ringfence.Media.Codecs;
using Ringfence.Media.EarlyMedia;
using Ringfence.Media.Hearing;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Relay;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;
using Ringfence.Media.Tones;
using Ringfence.Media.Wav;

namespace Ringfence.Media.Tests.Relay;

public sealed class RtpRelayTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    private readonly ManualTime _time = new();
    private readonly MediaClock _clock;
    private readonly RtpRelay _relay;
    private readonly RelayPeer _caller;
    private readonly RelayPeer _callee;

    public RtpRelayTests()
    {
        var range = new RtpPortRange(IPAddress.Loopback, 29000, 29999, new Random(Environment.ProcessId));
        _relay = new RtpRelay(range.Open()!, range.Open()!, SourceLockPolicy.Learn, new Random(7));
        _clock = new MediaClock(_time);
        _clock.Add(_relay);
        _caller = new RelayPeer(_relay.Caller.LocalEndPoint, 0xA, 0);
        _callee = new RelayPeer(_relay.Callee.LocalEndPoint, 0xB, 8);
        _relay.Negotiated(_relay.Caller, Audio(_caller, AudioFormat.Pcmu, 0, 101));
        _relay.Negotiated(_relay.Callee, Audio(_callee, AudioFormat.Pcma, 8, 96));
        _clock.Advance();
    }

    public void Dispose()
    {
        _clock.Dispose();
        _caller.Dispose();
        _callee.Dispose();
    }

    [Fact]
    public void The_caller_sees_one_stream_through_tone_far_side_prompt_and_silence()
    {
        _ = _relay.Play(new ToneSource(TonePlan.Default.ByCountry("US")!.Ringback.Cadence));
        Run(1000);
        _relay.PassThrough();
        Run(1000, calleeSends: true);
        _ = _relay.Play(new ToneSource(ToneCadence.Continuous(1000, -10), TimeSpan.FromMilliseconds(300)));
        Run(1000, calleeSends: true);
        _relay.PassThrough();
        Run(600);
        Run(400, calleeSends: true);

        var packets = _caller.Received;
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
    public void What_the_caller_hears_can_be_recorded_and_recognized()
    {
        var stream = new MemoryStream();
        _relay.Record(new WavRecorder(stream, 8000, TimeSpan.FromMinutes(1)));
        _ = _relay.Play(new ToneSource(TonePlan.Default.ByCountry("FR")!.Ringback.Cadence));
        Run(12_000);
        _clock.Remove(_relay);
        _clock.Advance();
        WavFile.Read(stream.ToArray(), out var file).ShouldBe(WavFault.None);
        var heard = Listener.Analyse(file!.Samples.Span, 8000).Single(segment => segment.Kind != HeardKind.Silence);
        heard.Kind.ShouldBe(HeardKind.Ringback);
        heard.Countries.ShouldContain("FR");
        heard.Level.ShouldBe(-10, 0.3);
    }

    [Fact]
    public void Both_ways_are_transcoded_and_payload_types_mapped()
    {
        _relay.PassThrough();
        Run(200, calleeSends: true, callerSends: true);
        _caller.Received.ShouldNotBeEmpty();
        _caller.Received.ShouldAllBe(packet =>
            packet.Header.PayloadType == 0 && packet.Payload[5] == MuLaw.Encode(ALaw.Decode(0x2A))
        );
        _callee.Received.ShouldNotBeEmpty();
        _callee.Received.ShouldAllBe(packet =>
            packet.Header.PayloadType == 8 && packet.Payload[5] == ALaw.Encode(MuLaw.Decode(0x2A))
        );
    }

    [Fact]
    public void Telephone_events_keep_their_timestamp_and_get_the_other_sides_type()
    {
        _relay.PassThrough();
        Run(100, callerSends: true);
        var begin = _caller.Timestamp;
        for (var i = 0; i < 4; i++)
        {
            _caller.SendRaw(101, marker: i == 0, begin, [5, (byte)(i == 3 ? 0x8A : 0x0A), 0, (byte)(i * 40)]);
            Run(20);
        }
        var audio = _callee.Received.Where(packet => packet.Header.PayloadType == 8).ToList();
        var events = _callee.Received.Where(packet => packet.Header.PayloadType == 96).ToList();
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
        _relay.PassThrough();
        Run(200, calleeSends: true);
        using var attacker = new RelayPeer(_relay.Callee.LocalEndPoint, 0xEE, 8) { Octet = 0x77 };
        for (var i = 0; i < 50; i++)
        {
            attacker.Send();
            Run(20, calleeSends: true, callerSends: true);
        }
        _caller.Received.ShouldAllBe(packet => packet.Payload[0] != MuLaw.Encode(ALaw.Decode(0x77)));
        attacker.Drain();
        attacker.Received.ShouldBeEmpty();
        _relay.Callee.Counters.PacketsRefused.ShouldBe(50);
        _callee.Received.Count.ShouldBeGreaterThan(40);
    }

    [Fact]
    public void The_caller_is_kept_from_being_heard_before_the_answer()
    {
        _relay.CallerMayBeHeard = false;
        Run(200, callerSends: true);
        _callee.Received.ShouldBeEmpty();
        _relay.CallerMayBeHeard = true;
        Run(200, callerSends: true);
        _callee.Received.Count.ShouldBeGreaterThan(5);
        _callee.Received[0].Header.Marker.ShouldBeTrue();
    }

    [Fact]
    public void Lost_duplicate_and_late_packets_of_the_far_side_leave_no_gap_in_the_sequence()
    {
        _relay.PassThrough();
        foreach (var sequence in new ushort[] { 10, 11, 11, 14, 13, 15 })
        {
            _callee.SendRaw(8, false, sequence * 160u, new byte[160], sequence);
            Run(20);
        }
        var seen = _caller.Received;
        seen.Count.ShouldBe(4);
        seen.Select(packet => (ushort)(packet.Header.Sequence - seen[0].Header.Sequence)).ShouldBe([0, 1, 2, 3]);
        seen.Select(packet => (packet.Header.Timestamp - seen[0].Header.Timestamp) / 160).ShouldBe([0u, 1u, 4u, 5u]);
        seen.Select(packet => packet.Header.Marker).ShouldBe([true, false, false, false]);
        _relay.Callee.Counters.PacketsLost.ShouldBe(1);
    }

    [Fact]
    public void Ringback_stops_with_the_first_packet_that_is_heard_and_comes_back_when_the_stream_stops()
    {
        _relay.Arbitrate(new RingbackArbiter(), new ToneSource(ToneCadence.Continuous(440, -10)));
        Run(100);
        _caller.Received.ShouldBeEmpty();
        _relay.Alerting();
        Run(100);
        _callee.Octet = ALaw.Silence;
        Run(100, calleeSends: true);
        var ringing = _caller.Received.Count;
        ringing.ShouldBeInRange(9, 11);
        _callee.Octet = 0x2A;
        Run(200, calleeSends: true);
        var heard = _caller.Received.Skip(ringing).ToList();
        heard.Count.ShouldBeInRange(9, 11);
        heard.Count(packet => packet.Payload[5] != MuLaw.Encode(ALaw.Decode(0x2A))).ShouldBeLessThanOrEqualTo(1);
        Run(2000);
        _caller.Received[^1].Payload[5].ShouldNotBe(MuLaw.Encode(ALaw.Decode(0x2A)));
        _relay.Answered();
        Run(40);
        var answered = _caller.Received.Count;
        Run(500);
        _caller.Received.Count.ShouldBe(answered);
    }

    [Fact]
    public async Task A_prompt_says_whether_it_was_played_to_its_end()
    {
        var short_ = _relay.Play(new ToneSource(ToneCadence.Continuous(440, -10), TimeSpan.FromMilliseconds(60)));
        Run(200);
        (await short_).ShouldBeTrue();
        var replaced = _relay.Play(new ToneSource(ToneCadence.Continuous(440, -10)));
        _relay.PassThrough();
        Run(20);
        (await replaced).ShouldBeFalse();
        var removed = _relay.Play(new SilenceSource());
        Run(20);
        _clock.Remove(_relay);
        _clock.Advance();
        (await removed).ShouldBeFalse();
    }

    [Fact]
    public void Counters_tell_first_last_and_sounding_packets()
    {
        _relay.Callee.Counters.FirstPacket.ShouldBeNull();
        Run(100);
        Run(100, calleeSends: true);
        _callee.Octet = ALaw.Silence;
        Run(500, calleeSends: true);
        var counters = _relay.Callee.Counters;
        counters.FirstPacket!.Value.TotalMilliseconds.ShouldBeInRange(100, 130);
        counters.LastPacket!.Value.TotalMilliseconds.ShouldBeInRange(680, 710);
        counters.LastSound!.Value.TotalMilliseconds.ShouldBeInRange(180, 210);
        counters.PacketsReceived.ShouldBe(30);
        counters.Jitter.ShouldBe(TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Relaying_and_playing_allocate_nothing_per_packet()
    {
        _ = _relay.Play(new ToneSource(ToneCadence.Continuous(440, -10)));
        for (var i = 0; i < 100; i++)
        {
            _caller.Send();
        }
        _time.Advance(Step);
        _clock.Advance();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++)
        {
            _time.Advance(Step);
            _clock.Advance();
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2000);
        _callee.Drain();
        _callee.Received.Count.ShouldBe(100);
    }

    private static NegotiatedAudio Audio(RelayPeer peer, AudioFormat format, byte type, byte events) =>
        new()
        {
            MediaIndex = 0,
            Send = new RtpMap(type, format, null),
            ReceivePayloadType = type,
            SendEvents = new RtpMap(events, AudioFormat.TelephoneEvent, "0-15"),
            ReceiveEvents = events,
            Remote = peer.LocalEndPoint,
            Direction = MediaDirection.SendRecv,
            PacketTime = 20,
        };

    private void Run(int milliseconds, bool calleeSends = false, bool callerSends = false)
    {
        for (var elapsed = 0; elapsed < milliseconds; elapsed += 5)
        {
            if (elapsed % 20 == 0)
            {
                if (calleeSends)
                {
                    _callee.Send();
                }
                if (callerSends)
                {
                    _caller.Send();
                }
            }
            _time.Advance(Step);
            _clock.Advance();
            _caller.Drain();
            _callee.Drain();
        }
        if (!calleeSends)
        {
            _callee.Pause(milliseconds);
        }
        if (!callerSends)
        {
            _caller.Pause(milliseconds);
        }
    }
}
