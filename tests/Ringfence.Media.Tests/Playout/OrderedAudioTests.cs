using Ringfence.Media.Codecs;
using Ringfence.Media.Playout;
using Ringfence.Media.Rtp;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Tests.Playout;

public sealed class OrderedAudioTests
{
    private const int Frame = 160;

    private readonly List<short> _heard = [];
    private readonly OrderedAudio _ordered;

    public OrderedAudioTests() => _ordered = new OrderedAudio((samples, _) => _heard.AddRange(samples));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_comes_in_disorder_and_twice_is_heard_as_it_was_sent(int seed)
    {
        var random = new Random(seed);
        var (packets, sent) = Tone(AudioFormat.Pcmu, 500);
        var network = packets
            .Select((packet, i) => (Packet: packet, At: i + 4.5 * random.NextDouble()))
            .SelectMany(one => random.NextDouble() < 0.1 ? [one, one] : new[] { one })
            .OrderBy(one => one.At);
        foreach (var (packet, _) in network)
        {
            _ordered.Put(AudioFormat.Pcmu, packet.Header, packet.Payload);
        }
        _ordered.Flush();
        _heard.ShouldBe(sent);
    }

    [Fact]
    public void In_order_nothing_waits_but_for_the_first_two()
    {
        var (packets, sent) = Tone(AudioFormat.Pcmu, 20);
        for (var i = 0; i < packets.Count; i++)
        {
            _ordered.Put(AudioFormat.Pcmu, packets[i].Header, packets[i].Payload);
            _heard.Count.ShouldBe(i < 2 ? 0 : (i + 1) * Frame);
        }
        _heard.ShouldBe(sent);
    }

    [Theory]
    [InlineData("PCMU", 8000)]
    [InlineData("G722", 8000)]
    [InlineData("L16", 8000)]
    public void Of_what_is_lost_or_too_late_the_place_is_kept_and_filled(string name, int clock)
    {
        var format = new AudioFormat(name, clock);
        var random = new Random(5);
        var (packets, sent) = Tone(format, 500);
        var lost = packets.Where(_ => random.NextDouble() < 0.05).ToHashSet();
        lost.Remove(packets[^1]);
        // Every other one is not lost, but comes 500 ms after its turn.
        var network = packets
            .Select((packet, i) => (Packet: packet, At: lost.Contains(packet) ? i + 25.5 : i))
            .Where(one => !lost.Contains(one.Packet) || one.Packet.Header.Sequence % 2 == 0)
            .OrderBy(one => one.At);
        foreach (var (packet, _) in network)
        {
            _ordered.Put(format, packet.Header, packet.Payload);
        }
        _ordered.Flush();
        lost.Count.ShouldBeGreaterThan(15);
        _heard.Count.ShouldBe(sent.Count);
        // A tone with holes of 5 percent would be weaker by 0.2 dB and have a step at each; made up it is whole.
        Level.Of(_heard.ToArray()).ShouldBe(Level.Of(sent.ToArray()), 0.1);
        _heard.Chunk(Frame / 4).Count(piece => Level.Of(piece) < -16).ShouldBeLessThan(3);
    }

    [Fact]
    public void A_pause_is_silence_and_a_packet_without_audio_is_no_loss()
    {
        var (packets, _) = Tone(AudioFormat.Pcmu, 20);
        foreach (var (header, payload) in packets)
        {
            // Telephone events have the sequence of the audio, and the timestamp of the press.
            var isEvent = header.Sequence - packets[0].Header.Sequence is >= 5 and < 10;
            _ordered.Put(AudioFormat.Pcmu, header, isEvent ? default : payload);
        }
        _ordered.Flush();
        _heard.Count.ShouldBe(20 * Frame);
        _heard.Skip(5 * Frame).Take(5 * Frame).ShouldAllBe(sample => sample == 0);
        _heard.Skip(10 * Frame).ShouldContain(sample => sample > 5000);
    }

    [Fact]
    public void Another_stream_goes_on_where_the_one_before_ended()
    {
        var (first, sent) = Tone(AudioFormat.Pcmu, 10);
        var (second, more) = Tone(AudioFormat.Pcma, 10, ssrc: 8);
        first.ForEach(packet => _ordered.Put(AudioFormat.Pcmu, packet.Header, packet.Payload));
        second.ForEach(packet => _ordered.Put(AudioFormat.Pcma, packet.Header, packet.Payload));
        _ordered.Flush();
        _heard.ShouldBe([.. sent, .. more]);
        _ordered.Put(new AudioFormat("G729", 8000), first[0].Header, first[0].Payload);
        _ordered.Flush();
        _heard.Count.ShouldBe(20 * Frame);
    }

    /// <summary>A tone as packets, across the wrap of sequence and timestamp, and as it sounds after coding.</summary>
    private static (List<(RtpHeader Header, byte[] Payload)> Packets, List<short> Sent) Tone(
        AudioFormat format,
        int packets,
        uint ssrc = 7
    )
    {
        var made = new List<(RtpHeader, byte[])>();
        var sent = new List<short>();
        using var encoder = AudioCodecs.Create(format)!;
        using var decoder = AudioCodecs.Create(format)!;
        var tone = new ToneGenerator(ToneCadence.Continuous(440, -10), encoder.SampleRate);
        var frame = new short[encoder.SampleRate / 50];
        var payload = new byte[2 * frame.Length];
        for (var i = 0; i < packets; i++)
        {
            tone.Read(frame);
            var octets = payload[..encoder.Encode(frame, payload)];
            made.Add(
                (new RtpHeader(0, false, (ushort)(65_500 + i), unchecked((uint)(-800 + i * Frame)), ssrc), octets)
            );
            sent.AddRange(frame[..decoder.Decode(octets, frame)]);
        }
        return (made, sent);
    }
}
