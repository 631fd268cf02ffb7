using Ringfence.Media.Codecs;
using Ringfence.Media.Dtmf;
using Ringfence.Media.EarlyMedia;
using Ringfence.Media.Relay;
using Ringfence.Media.Sdp;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Tests.Relay;

public sealed class RtpRelayCodecTests : RelayHarness
{
    [Theory]
    [InlineData("G722", 8000, 9, 10)]
    [InlineData("G722", 8000, 9, 30)]
    [InlineData("L16", 16000, 97, 20)]
    [InlineData("opus", 48000, 96, 20)]
    [InlineData("opus", 48000, 96, 60)]
    [InlineData("PCMU", 8000, 0, 40)]
    [InlineData("PCMU", 8000, 0, 60)]
    public void Tone_and_callee_come_in_the_callers_codec_and_packet_time(
        string name,
        int clock,
        byte type,
        int packetTime
    )
    {
        var format = new AudioFormat(name, clock, name == "opus" ? 2 : 1);
        Assert.SkipWhen(AudioCodecs.WhyAbsent(format) is not null, $"{AudioCodecs.WhyAbsent(format)}");
        Relay.Negotiated(Relay.Caller, Audio(Caller, format, type, 101) with { PacketTime = packetTime });
        _ = Relay.Play(new ToneSource(ToneCadence.Continuous(1000, -10)));
        Run(1200);
        Relay.PassThrough();
        Run(1200, calleeSends: true);

        using var codec = AudioCodecs.Create(format)!;
        var units = (uint)(clock * packetTime / 1000);
        var packets = Caller.Received;
        packets.Count.ShouldBeInRange(2300 / packetTime, 2420 / packetTime);
        packets.Select(packet => packet.Header.Ssrc).Distinct().ShouldHaveSingleItem();
        packets.ShouldAllBe(packet => packet.Header.PayloadType == type);
        for (var i = 1; i < packets.Count; i++)
        {
            packets[i].Header.Sequence.ShouldBe((ushort)(packets[i - 1].Header.Sequence + 1));
            var step = packets[i].Header.Timestamp - packets[i - 1].Header.Timestamp;
            (step == units || (packets[i].Header.Marker && step < 4 * units + clock * 4 / 100)).ShouldBeTrue(
                $"packet {i}: {step}"
            );
        }
        var samples = new short[5760];
        foreach (var (_, payload) in packets)
        {
            codec.Decode(payload, samples).ShouldBe(codec.SampleRate * packetTime / 1000);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_converted_comes_evenly_though_it_came_late_in_disorder_doubled_and_not_at_all(int seed)
    {
        Relay.Negotiated(Relay.Caller, Audio(Caller, AudioFormat.G722, 9, 101));
        Relay.PassThrough();
        var random = new Random(seed);
        var tone = new ToneGenerator(ToneCadence.Continuous(440, -10), 8000);
        var samples = new short[160];
        var network = new List<(int At, ushort Sequence, byte[] Payload)>();
        for (var i = 0; i < 500; i++)
        {
            tone.Read(samples);
            var payload = new byte[160];
            ALaw.Encode(samples, payload);
            var copies = random.Next(20) switch
            {
                0 => 0,
                1 => 2,
                _ => 1,
            };
            for (var copy = 0; copy < copies; copy++)
            {
                network.Add((20 * i + random.Next(40), (ushort)(65_300 + i), payload));
            }
        }
        for (var now = 0; now < 10_200; now += 5)
        {
            foreach (var (_, sequence, payload) in network.Where(packet => packet.At >= now && packet.At < now + 5))
            {
                Callee.SendRaw(8, false, (uint)(160 * (ushort)(sequence - 65_300)), payload, sequence);
            }
            Run(5);
        }
        var packets = Caller.Received;
        packets.Count.ShouldBeInRange(490, 512);
        using var codec = new G722Codec();
        var heard = new short[320];
        for (var i = 1; i < packets.Count; i++)
        {
            packets[i].Header.Sequence.ShouldBe((ushort)(packets[i - 1].Header.Sequence + 1));
            codec.Decode(packets[i].Payload, heard);
            if (i is > 5 and < 480)
            {
                (packets[i].Header.Timestamp - packets[i - 1].Header.Timestamp).ShouldBe(160u, $"packet {i}");
                Level.Of(heard).ShouldBeInRange(-19, -8, $"packet {i}");
            }
        }
    }

    [Fact]
    public void Comfort_noise_goes_to_who_understands_it_and_is_played_to_who_does_not()
    {
        Relay.PassThrough();
        Run(200, calleeSends: true);
        var before = Caller.Received.Count;
        Callee.SendRaw(13, false, Callee.Timestamp, [40]);
        Run(500);
        var noise = Caller.Received.Skip(before).ToList();
        noise.Count.ShouldBeInRange(22, 26);
        var samples = noise.SelectMany(packet => packet.Payload.Select(MuLaw.Decode)).ToArray();
        Level.Of(samples).ShouldBe(6.15 - 40, 1);

        Relay.Negotiated(Relay.Caller, Audio(Caller, AudioFormat.Pcmu, 0, 101) with { SendNoise = 13 });
        Run(200, calleeSends: true);
        before = Caller.Received.Count;
        Callee.SendRaw(13, false, Callee.Timestamp, [40]);
        Run(500);
        var (header, payload) = Caller.Received.Skip(before).ShouldHaveSingleItem();
        header.PayloadType.ShouldBe((byte)13);
        payload.ShouldBe([40]);
        Run(100, calleeSends: true);
        Caller.Received[^5].Header.Marker.ShouldBeTrue();
    }

    [Fact]
    public void Comfort_noise_of_the_caller_is_played_to_a_callee_that_does_not_understand_it()
    {
        Relay.PassThrough();
        Relay.Answered();
        Run(200, callerSends: true);
        var before = Callee.Received.Count;
        before.ShouldBeGreaterThan(5);
        Caller.SendRaw(13, false, Caller.Timestamp, [40]);
        Run(500);
        var noise = Callee.Received.Skip(before).ToList();
        noise.Count.ShouldBeInRange(22, 26);
        Level.Of(noise.SelectMany(packet => packet.Payload.Select(ALaw.Decode)).ToArray()).ShouldBe(6.15 - 40, 1);
        Run(100, callerSends: true);
        before = Callee.Received.Count;
        Run(300);
        Callee.Received.Count.ShouldBe(before, "the audio has ended the noise");
    }

    [Fact]
    public void A_digit_that_audio_has_overtaken_is_passed_on_but_not_behind_the_next_digit()
    {
        Relay.Negotiated(Relay.Caller, Audio(Caller, AudioFormat.Pcma, 8, 110));
        Relay.Answered();
        Run(20);
        Caller.SendRaw(8, false, 8_000, new byte[160], sequence: 100);
        Caller.SendRaw(8, false, 9_000, new byte[160], sequence: 104);
        Press(8_160, 1, 101);
        Press(8_160, 1, 102);
        Press(9_160, 2, 105);
        Press(8_160, 1, 103);
        Run(20);
        Callee
            .Received.Where(packet => packet.Header.PayloadType == 96)
            .Select(packet => packet.Payload[0])
            .ShouldBe([1, 1, 2]);

        void Press(uint timestamp, byte digit, ushort sequence) =>
            Caller.SendRaw(110, false, timestamp, [digit, 0x8A, 3, 0x20], sequence);
    }

    [Fact]
    public void A_digit_lasts_as_long_by_the_clock_of_the_other_side()
    {
        var wide = new AudioFormat("telephone-event", 48_000);
        Relay.Negotiated(
            Relay.Caller,
            Audio(Caller, new AudioFormat("L16", 48_000), 97, 110) with
            {
                SendEvents = new RtpMap(110, wide, "0-15"),
            }
        );
        Relay.Answered();
        Run(20);
        Caller.SendRaw(97, false, 0, new byte[960]);
        for (ushort i = 1; i <= 8; i++)
        {
            var payload = new byte[4];
            new TelephoneEvent(5, i == 8, 10, (ushort)(960 * i)).Write(payload);
            Caller.SendRaw(110, i == 1, 960, payload);
            Run(20);
        }
        var events = Callee.Received.Where(packet => packet.Header.PayloadType == 96).ToList();
        events.Count.ShouldBe(8);
        events.Select(packet => packet.Header.Timestamp).Distinct().ShouldHaveSingleItem();
        events
            .Select(packet => (int)TelephoneEvent.Read(packet.Payload)!.Value.Duration)
            .ShouldBe([.. Enumerable.Range(1, 8).Select(i => 160 * i)]);
        TelephoneEvent.Read(events[^1].Payload)!.Value.IsEnd.ShouldBeTrue();
    }

    [Fact]
    public void Media_before_any_description_is_heard_by_the_formats_of_the_offer()
    {
        using var early = new RelayPeer(Relay.Callee.LocalEndPoint, 0xC, 0);
        Relay.EndedAll();
        Relay.Expect([new RtpMap(0, AudioFormat.Pcmu, null)]);
        Relay.PassThrough();
        for (var i = 0; i < 10; i++)
        {
            early.Send();
            Run(20);
        }
        Caller.Received.Count.ShouldBe(10);
        Relay.Early("a", Audio(early, AudioFormat.Pcmu, 0, 101));
        for (var i = 0; i < 10; i++)
        {
            early.Send();
            Run(20);
        }
        Caller.Received.Count.ShouldBe(20);
        Caller.Received.Count(packet => packet.Header.Marker).ShouldBe(1);
        Relay.Chosen.ShouldBe("a");
    }

    [Fact]
    public void Of_forks_on_one_port_each_keeps_its_source_and_the_muted_one_is_not_mixed_in()
    {
        using var other = new RelayPeer(Relay.Callee.LocalEndPoint, 0xC, 0) { Octet = 0x31 };
        Relay.EndedAll();
        Relay.Arbitrate(new RingbackArbiter(), new ToneSource(ToneCadence.Continuous(440, -10)));
        Relay.Early("a", Audio(Callee, AudioFormat.Pcma, 8, 96));
        Relay.Early("b", Audio(other, AudioFormat.Pcmu, 0, 101));
        for (var i = 0; i < 20; i++)
        {
            other.Send();
            Run(20, calleeSends: i > 2);
        }
        Caller.Received.ShouldAllBe(packet => packet.Payload[5] == 0x31);
        Relay.Answered("a");
        for (var i = 0; i < 20; i++)
        {
            other.Send();
            Run(20, calleeSends: true, callerSends: true);
        }
        Caller.Received[^1].Payload[5].ShouldBe(MuLaw.Encode(ALaw.Decode(0x2A)));
        other.Drain();
        other.Received.ShouldBeEmpty();
        Callee.Received.Count.ShouldBeGreaterThan(15);
    }
}
