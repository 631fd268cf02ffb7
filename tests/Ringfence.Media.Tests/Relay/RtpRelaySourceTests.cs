using Ringfence.Media.Codecs;
using Ringfence.Media.EarlyMedia;
using Ringfence.Media.Hearing;
using Ringfence.Media.Relay;
using Ringfence.Media.Srtp;
using Ringfence.Media.Tones;
using Ringfence.Media.Wav;

namespace Ringfence.Media.Tests.Relay;

public sealed class RtpRelaySourceTests : RelayHarness
{
    [Fact]
    public void Ringback_stops_with_the_first_packet_that_is_heard_and_comes_back_when_the_stream_stops()
    {
        Relay.Arbitrate(new RingbackArbiter(), new ToneSource(ToneCadence.Continuous(440, -10)));
        Run(100);
        Caller.Received.ShouldBeEmpty();
        Relay.Alerting();
        Run(100);
        Callee.Octet = ALaw.Silence;
        Run(100, calleeSends: true);
        var ringing = Caller.Received.Count;
        ringing.ShouldBeInRange(9, 11);
        Callee.Octet = 0x2A;
        Run(200, calleeSends: true);
        var heard = Caller.Received.Skip(ringing).ToList();
        heard.Count.ShouldBeInRange(9, 11);
        heard.Count(packet => packet.Payload[5] != MuLaw.Encode(ALaw.Decode(0x2A))).ShouldBeLessThanOrEqualTo(1);
        Run(2000);
        Caller.Received[^1].Payload[5].ShouldNotBe(MuLaw.Encode(ALaw.Decode(0x2A)));
        Relay.Answered();
        Run(40);
        var answered = Caller.Received.Count;
        Run(500);
        Caller.Received.Count.ShouldBe(answered);
    }

    [Fact]
    public async Task A_prompt_says_whether_it_was_played_to_its_end()
    {
        var short_ = Relay.Play(new ToneSource(ToneCadence.Continuous(440, -10), TimeSpan.FromMilliseconds(60)));
        Run(200);
        (await short_).ShouldBeTrue();
        var replaced = Relay.Play(new ToneSource(ToneCadence.Continuous(440, -10)));
        Relay.PassThrough();
        Run(20);
        (await replaced).ShouldBeFalse();
        var removed = Relay.Play(new SilenceSource());
        Run(20);
        Clock.Remove(Relay);
        Clock.Advance();
        (await removed).ShouldBeFalse();
    }

    [Fact]
    public void What_theCaller_hears_can_be_recorded_and_recognized()
    {
        var stream = new MemoryStream();
        Relay.Record(new WavRecorder(stream, 8000, TimeSpan.FromMinutes(1)));
        _ = Relay.Play(new ToneSource(TonePlan.Default.ByCountry("FR")!.Ringback.Cadence));
        Run(12_000);
        Clock.Remove(Relay);
        Clock.Advance();
        WavFile.Read(stream.ToArray(), out var file).ShouldBe(WavFault.None);
        var heard = Listener.Analyse(file!.Samples.Span, 8000).Single(segment => segment.Kind != HeardKind.Silence);
        heard.Kind.ShouldBe(HeardKind.Ringback);
        heard.Countries.ShouldContain("FR");
        heard.Level.ShouldBe(-10, 0.3);
    }

    [Fact]
    public void A_recording_keeps_its_time_and_has_no_holes_where_packets_are_lost_or_overtaken()
    {
        var stream = new MemoryStream();
        Relay.Record(new WavRecorder(stream, 8000, TimeSpan.FromMinutes(1)));
        var tone = new ToneGenerator(ToneCadence.Continuous(440, -10), 8000);
        var (frame, random, held) = (new short[160], new Random(4), (-1, Array.Empty<byte>()));
        for (var i = 0; i < 500; i++)
        {
            tone.Read(frame);
            var payload = new byte[160];
            G711Codec.A.Encode(frame, payload);
            var fate = i is 0 or 499 ? 1 : random.NextDouble();
            if (fate is >= 0.05 and < 0.08 && held.Item1 < 0)
            {
                held = (i, payload);
            }
            else if (fate >= 0.05)
            {
                Callee.SendRaw(8, false, (uint)(160 * i), payload, (ushort)i);
                if (held.Item1 >= 0)
                {
                    Callee.SendRaw(8, false, (uint)(160 * held.Item1), held.Item2, (ushort)held.Item1);
                    held.Item1 = -1;
                }
            }
            Run(20);
        }
        Clock.Remove(Relay);
        Clock.Advance();
        WavFile.Read(stream.ToArray(), out var file).ShouldBe(WavFault.None);
        file!.Samples.Length.ShouldBe(500 * 160);
        Level.Of(file.Samples.Span).ShouldBe(-10, 0.1);
        // Forty packets of four pieces each would be missing; after 60 ms without any there is nothing to make up from.
        file.Samples.ToArray().Chunk(40).Count(piece => Level.Of(piece) < -16).ShouldBeLessThan(12);
    }

    [Fact]
    public void TheCaller_is_kept_from_being_heard_before_the_answer()
    {
        Relay.CallerMayBeHeard = false;
        Run(200, callerSends: true);
        Callee.Received.ShouldBeEmpty();
        Relay.CallerMayBeHeard = true;
        Run(200, callerSends: true);
        Callee.Received.Count.ShouldBeGreaterThan(5);
        Callee.Received[0].Header.Marker.ShouldBeTrue();
    }

    [Fact]
    public void A_secured_side_hears_and_is_heard_and_forgeries_are_refused()
    {
        var (ours, theirs) = (
            SrtpMasterKey.Create(SrtpSuite.AesCm128Sha180),
            SrtpMasterKey.Create(SrtpSuite.AesCm128Sha180)
        );
        using var keys = new SrtpContext(ours);
        Relay.Secure(Relay.Caller, ours, theirs);
        Relay.PassThrough();
        Run(20);
        Caller.Protection = new SrtpContext(theirs);
        Run(200, calleeSends: true, callerSends: true);
        Callee.Received.Count.ShouldBeGreaterThan(5);
        Callee.Received[0].Payload[5].ShouldBe(ALaw.Encode(MuLaw.Decode(0x2A)));
        foreach (var datagram in Caller.Datagrams)
        {
            keys.Unprotect(datagram, out var length).ShouldBe(SrtpFault.None);
            length.ShouldBe(172);
            datagram[12 + 5].ShouldBe(MuLaw.Encode(ALaw.Decode(0x2A)));
        }
        var refused = Relay.Caller.Counters.PacketsRefused;
        Caller.Protection = null;
        Run(200, callerSends: true);
        Relay.Caller.Counters.PacketsRefused.ShouldBe(refused + 10);
    }

    [Fact]
    public void A_side_that_is_rekeyed_is_heard_under_its_new_key_and_hears_on_under_ours()
    {
        var (ours, theirs, next) = (
            SrtpMasterKey.Create(SrtpSuite.AesCm128Sha180),
            SrtpMasterKey.Create(SrtpSuite.AesCm128Sha180),
            SrtpMasterKey.Create(SrtpSuite.AesCm128Sha180)
        );
        using var keys = new SrtpContext(ours);
        Relay.Secure(Relay.Caller, ours, theirs);
        Relay.PassThrough();
        Run(20);
        Caller.Protection = new SrtpContext(theirs);
        Run(200, calleeSends: true, callerSends: true);
        Relay.Rekey(Relay.Caller, next);
        Run(20);
        var heard = Callee.Received.Count;
        var refused = Relay.Caller.Counters.PacketsRefused;
        Run(200, callerSends: true);
        Relay.Caller.Counters.PacketsRefused.ShouldBe(refused + 10);
        Caller.Protection = new SrtpContext(next);
        Run(200, calleeSends: true, callerSends: true);
        Callee.Received.Count.ShouldBeGreaterThan(heard + 5);
        // One context from the first packet to the last: the count of packets has not begun anew.
        Caller.Datagrams.Count.ShouldBeGreaterThan(10);
        foreach (var datagram in Caller.Datagrams)
        {
            keys.Unprotect(datagram, out _).ShouldBe(SrtpFault.None);
        }
    }

    [Fact]
    public async Task Playing_on_a_relay_that_is_gone_ends_at_once()
    {
        Clock.Remove(Relay);
        Clock.Advance();
        (await Relay.Play(new SilenceSource())).ShouldBeFalse();
    }

    [Fact]
    public async Task An_encoding_that_cannot_be_made_here_plays_nothing_and_is_passed_on()
    {
        var g729 = new AudioFormat("G729", 8000);
        Relay.Negotiated(Relay.Caller, Audio(Caller, g729, 18, 101));
        Relay.Negotiated(Relay.Callee, Audio(Callee, g729, 18, 101));
        var played = Relay.Play(new SilenceSource());
        Run(40);
        (await played).ShouldBeFalse();
        Relay.PassThrough();
        for (ushort i = 0; i < 5; i++)
        {
            Callee.SendRaw(18, false, 240u * i, new byte[30], i);
            Run(30);
        }
        Caller.Received.Count.ShouldBe(5);
        Caller
            .Received.Select(packet => packet.Header.Timestamp - Caller.Received[0].Header.Timestamp)
            .ShouldBe([0u, 240u, 480u, 720u, 960u]);
        Caller.Received.Count(packet => packet.Header.Marker).ShouldBe(1);
    }

    [Fact]
    public void A_full_disk_ends_the_recording_and_not_the_call()
    {
        Relay.Record(new WavRecorder(new FullDisk(), 8000, TimeSpan.FromMinutes(1)));
        _ = Relay.Play(new ToneSource(ToneCadence.Continuous(440, -10)));
        Run(500);
        Relay.RecordingFault.ShouldNotBeNull();
        Caller.Received.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void A_tap_collects_each_press_once_whichever_way_it_comes()
    {
        var digits = "";
        var tap = new DtmfTap(Audio(Caller, AudioFormat.Pcmu, 0, 101), digit => digits += digit.Digit);
        Relay.Tap(Relay.Caller, tap);
        Run(20);
        Caller.SendRaw(101, true, 8000, [5, 10, 0, 160]);
        Caller.SendRaw(101, false, 8000, [5, 0x8A, 1, 64]);
        Run(40);
        tap.Info('5', Clock.Now);
        tap.Info('x', Clock.Now);
        var (low, high) = (new short[800], new short[800]);
        new ToneGenerator(ToneCadence.Continuous(770, -10), 8000).Read(low);
        new ToneGenerator(ToneCadence.Continuous(1477, -10), 8000).Read(high);
        for (var i = 0; i < 800; i += 160)
        {
            var frame = Enumerable.Range(i, 160).Select(k => MuLaw.Encode((short)(low[k] + high[k]))).ToArray();
            Caller.SendRaw(0, false, (uint)(9000 + i), frame);
            Run(20);
        }
        digits.ShouldBe("56");
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Position > 1000)
            {
                throw new IOException("No space left on device");
            }
            base.Write(buffer);
        }
    }
}
