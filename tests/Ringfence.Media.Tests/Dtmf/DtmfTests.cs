using Ringfence.Media.Codecs;
using Ringfence.Media.Dtmf;
using Ringfence.Media.Rtp;
using Ringfence.Media.Tests.Hearing;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Tests.Dtmf;

public sealed class DtmfTests
{
    private static readonly double[] Low = [697, 770, 852, 941];
    private static readonly double[] High = [1209, 1336, 1477, 1633];

    [Fact]
    public void What_is_sent_is_received_once_per_digit()
    {
        foreach (var digit in DtmfDigit.All)
        {
            var receiver = new TelephoneEventReceiver();
            var heard = Packets(digit, 800)
                .Select(packet => Receive(receiver, packet))
                .Where(d => d is not null)
                .ToList();
            heard.ShouldHaveSingleItem()!.Value.Digit.ShouldBe(digit);
        }
    }

    [Fact]
    public void Events_have_one_timestamp_a_marker_at_first_and_three_ends()
    {
        var packets = Packets('5', 480);
        packets.Count.ShouldBe(5);
        packets.Select(Header).Select(header => header.Timestamp).Distinct().ShouldHaveSingleItem();
        packets.Select(Header).Select(header => header.Marker).ShouldBe([true, false, false, false, false]);
        packets
            .Select(packet => TelephoneEvent.Read(packet.AsSpan(12))!.Value.IsEnd)
            .ShouldBe([false, false, true, true, true]);
        packets
            .Select(packet => (int)TelephoneEvent.Read(packet.AsSpan(12))!.Value.Duration)
            .ShouldBe([160, 320, 480, 480, 480]);
        packets.Select(Header).Select(header => header.Sequence).ShouldBe([65534, 65535, 0, 1, 2]);
    }

    [Fact]
    public void Lost_starts_lost_ends_and_any_order_neither_lose_nor_double_a_digit()
    {
        var random = new Random(4);
        for (var round = 0; round < 500; round++)
        {
            var sender = new RtpSender(1, 65500, uint.MaxValue - 1000);
            var receiver = new TelephoneEventReceiver();
            var digits = "";
            foreach (var digit in "1123#")
            {
                var packets = Packets(digit, 640, sender);
                var kept = packets.Where(_ => random.Next(3) > 0).DefaultIfEmpty(packets[2]).ToArray();
                random.Shuffle(kept);
                foreach (var packet in kept)
                {
                    digits += Receive(receiver, packet)?.Digit;
                }
            }
            digits.ShouldBe("1123#");
        }
    }

    [Fact]
    public void A_tone_in_segments_is_one_digit()
    {
        var receiver = new TelephoneEventReceiver();
        Receive(receiver, Packet(1000, true, new TelephoneEvent(5, false, 10, 160))).ShouldNotBeNull();
        Receive(receiver, Packet(1000, false, new TelephoneEvent(5, false, 10, 65535))).ShouldBeNull();
        Receive(receiver, Packet(1000 + 65535, false, new TelephoneEvent(5, false, 10, 160))).ShouldBeNull();
        Receive(receiver, Packet(1000 + 65535, false, new TelephoneEvent(5, true, 10, 320))).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("050A00")]
    [InlineData("100A0140")]
    public void What_is_no_digit_is_nothing(string payload) =>
        new TelephoneEventReceiver()
            .Receive(new RtpHeader(101, true, 1, 1, 1), Convert.FromHexString(payload), TimeSpan.Zero)
            .ShouldBeNull();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-25, -25)]
    [InlineData(-10, -16)]
    [InlineData(-16, -10)]
    public void All_digits_are_heard_in_band_at_these_levels(double low, double high)
    {
        for (var i = 0; i < 16; i++)
        {
            short[] samples =
            [
                .. new short[300],
                .. Tone(i, low, high, 50),
                .. new short[400],
                .. Tone(i, low, high, 50),
                .. new short[400],
            ];
            Heard(samples).ShouldBe(new string("123A456B789C*0#D"[i], 2), $"digit {i}");
        }
    }

    [Theory]
    [InlineData(1.035)]
    [InlineData(0.965)]
    public void Frequencies_off_by_more_than_the_tolerance_are_no_digit(double factor) =>
        Heard([.. Tone(5, -10, -10, 100, factor), .. new short[400]]).ShouldBe("");

    [Fact]
    public void Twist_single_tones_and_short_ones_are_no_digit()
    {
        Heard(Tone(5, -5, -20, 100)).ShouldBe("");
        Heard(Tone(5, -10, -90, 100)).ShouldBe("");
        Heard([.. Tone(5, -10, -10, 20), .. new short[400]]).ShouldBe("");
    }

    [Fact]
    public void Speech_presses_no_keys()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            Heard(ListenerTests.Speech(10, 100 + seed)).ShouldBe("");
        }
    }

    [Fact]
    public void One_press_by_three_ways_is_one_digit_and_two_presses_are_two()
    {
        var gate = new DtmfDeduplicator();
        gate.IsNew(Press('5', 0, DtmfSource.TelephoneEvent)).ShouldBeTrue();
        gate.IsNew(Press('5', 60, DtmfSource.InBand)).ShouldBeFalse();
        gate.IsNew(Press('5', 300, DtmfSource.Info)).ShouldBeFalse();
        gate.IsNew(Press('5', 400, DtmfSource.TelephoneEvent)).ShouldBeTrue();
        gate.IsNew(Press('5', 460, DtmfSource.InBand)).ShouldBeFalse();
        gate.IsNew(Press('6', 500, DtmfSource.InBand)).ShouldBeTrue();
        gate.IsNew(Press('6', 5000, DtmfSource.Info)).ShouldBeTrue();
    }

    [Fact]
    public void A_key_that_is_held_for_long_and_told_of_by_INFO_at_its_end_is_one_digit()
    {
        var gate = new DtmfDeduplicator();
        gate.IsNew(Press('5', 0, DtmfSource.TelephoneEvent)).ShouldBeTrue();
        for (var at = 20; at < 3_000; at += 20)
        {
            gate.Held('5', TimeSpan.FromMilliseconds(at));
        }
        gate.IsNew(Press('5', 3_500, DtmfSource.Info)).ShouldBeFalse();
        gate.IsNew(Press('5', 3_600, DtmfSource.Info)).ShouldBeTrue();
        gate.Held('7', TimeSpan.FromSeconds(4));
        gate.IsNew(Press('7', 4_100, DtmfSource.Info)).ShouldBeTrue();
    }

    [Fact]
    public void A_timestamp_that_runs_on_within_an_event_makes_no_digits_and_a_new_press_does()
    {
        var receiver = new TelephoneEventReceiver();
        var digits = 0;
        void Send(uint timestamp, ushort duration, bool isEnd, bool marker) =>
            digits += Receive(receiver, Packet(timestamp, marker, new TelephoneEvent(5, isEnd, 10, duration))) is null
                ? 0
                : 1;

        for (var press = 0; press < 2; press++)
        {
            for (ushort i = 0; i < 8; i++)
            {
                Send((uint)(8_000 * press + 160 * i), (ushort)(160 * (i + 1)), isEnd: i >= 7, marker: i == 0);
            }
            // The end twice more, its timestamp still running.
            Send((uint)(8_000 * press + 160 * 8), 1_280, isEnd: true, marker: false);
            Send((uint)(8_000 * press + 160 * 9), 1_280, isEnd: true, marker: false);
            digits.ShouldBe(press + 1);
        }
    }

    [Fact]
    public void Another_timeline_under_the_same_identity_and_another_event_with_the_same_timestamp_are_heard()
    {
        var receiver = new TelephoneEventReceiver();
        DtmfDigit? Send(uint timestamp, byte code, bool marker, bool isEnd = false) =>
            Receive(receiver, Packet(timestamp, marker, new TelephoneEvent(code, isEnd, 10, 160)));

        Send(2_000_000_000, 5, marker: true).ShouldNotBeNull();
        Send(1_000_000_000, 5, marker: true).ShouldNotBeNull();
        Send(1_000_000_000, 5, marker: false, isEnd: true).ShouldBeNull();
        Send(1_000_000_000, 6, marker: true).ShouldNotBeNull();
        Send(999_990_000, 4, marker: true).ShouldBeNull();
    }

    private static DtmfDigit Press(char digit, int at, DtmfSource source) =>
        new(digit, TimeSpan.FromMilliseconds(at), source);

    private static List<byte[]> Packets(char digit, ushort units, RtpSender? sender = null)
    {
        var events = new TelephoneEventSender(sender ?? new RtpSender(1, 65534, 9000), 101, 160);
        events.Start(digit, units);
        var packets = new List<byte[]>();
        while (events.IsSending)
        {
            var datagram = new byte[TelephoneEventSender.PacketLength];
            events.Write(datagram);
            packets.Add(datagram);
        }
        return packets;
    }

    private static byte[] Packet(uint timestamp, bool marker, TelephoneEvent payload)
    {
        var datagram = new byte[16];
        RtpPacket.WriteHeader(datagram, new RtpHeader(101, marker, 1, timestamp, 1));
        payload.Write(datagram.AsSpan(12));
        return datagram;
    }

    private static RtpHeader Header(byte[] datagram)
    {
        RtpPacket.Read(datagram, out var packet).ShouldBe(RtpFault.None);
        return packet.Header;
    }

    private static DtmfDigit? Receive(TelephoneEventReceiver receiver, byte[] datagram) =>
        receiver.Receive(Header(datagram), datagram.AsSpan(12), TimeSpan.Zero);

    private static short[] Tone(int digit, double low, double high, int milliseconds, double factor = 1)
    {
        var (first, second) = (new short[8 * milliseconds], new short[8 * milliseconds]);
        new ToneGenerator(ToneCadence.Continuous(Low[digit / 4] * factor, low), 8000).Read(first);
        new ToneGenerator(ToneCadence.Continuous(High[digit % 4] * factor, high), 8000).Read(second);
        return [.. first.Zip(second, (one, other) => (short)Math.Clamp(one + other, short.MinValue, short.MaxValue))];
    }

    private static string Heard(short[] samples)
    {
        var detector = new DtmfDetector();
        var digits = "";
        foreach (var frame in samples.Chunk(160))
        {
            var coded = frame.Select(sample => MuLaw.Decode(MuLaw.Encode(sample))).ToArray();
            detector.Hear(coded, TimeSpan.Zero, digit => digits += digit.Digit);
        }
        return digits;
    }
}
