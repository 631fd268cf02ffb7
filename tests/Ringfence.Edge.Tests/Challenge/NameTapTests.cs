using Ringfence.Edge.Challenge;
using Ringfence.Media.Codecs;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;

namespace Ringfence.Edge.Tests.Challenge;

/// <summary>What a caller says is recorded as it was said, whatever the network does to the packets.</summary>
public sealed class NameTapTests
{
    [Theory]
    [InlineData("PCMU")]
    [InlineData("G722")]
    public void A_name_is_recorded_in_order_once_and_at_its_length(string encoding)
    {
        var format = new AudioFormat(encoding, 8_000);
        short[] whole = Record(format, Packets(format));
        var random = new Random(3);
        // Each packet is overtaken by up to four others, and every tenth comes twice.
        var disordered = Packets(format)
            .Select((packet, i) => (Packet: packet, At: i + 4.5 * random.NextDouble()))
            .SelectMany(one => one.Packet.Header.Sequence % 10 == 0 ? [one, one] : new[] { one })
            .OrderBy(one => one.At)
            .Select(one => one.Packet);
        Record(format, disordered).ShouldBe(whole);

        short[] filled = Record(format, Packets(format).Where((_, i) => i < 20 || i % 25 != 0));
        filled.Length.ShouldBeInRange(whole.Length - 320, whole.Length + 320);
        Level.Of(filled).ShouldBe(Level.Of(whole), 0.5);
    }

    private static short[] Record(AudioFormat format, IEnumerable<(RtpHeader Header, byte[] Payload)> packets)
    {
        bool isOver = false;
        NegotiatedAudio audio = new()
        {
            MediaIndex = 0,
            Send = new RtpMap(0, format, null),
            ReceivePayloadType = 0,
            Direction = MediaDirection.SendRecv,
            PacketTime = 20,
        };
        NameTap tap = new(audio, () => isOver = true);
        foreach ((RtpHeader header, byte[] payload) in packets)
        {
            tap.Packet(header, payload, TimeSpan.FromMilliseconds(20 * header.Sequence));
        }

        isOver.ShouldBeTrue();
        return tap.Take().ShouldNotBeNull();
    }

    /// <summary>The name, and silence after it.</summary>
    private static List<(RtpHeader Header, byte[] Payload)> Packets(AudioFormat format)
    {
        using IAudioCodec codec = AudioCodecs.Create(format)!;
        short[] name = [.. SayWhoWorld.Name, .. new short[16_000]];
        short[] samples = codec.SampleRate == 8_000 ? name : Resampler.Convert(name, 8_000, codec.SampleRate);
        List<(RtpHeader, byte[])> packets = [];
        foreach (short[] frame in samples.Chunk(codec.SampleRate / 50))
        {
            byte[] payload = new byte[320];
            int length = codec.Encode(frame, payload);
            packets.Add(
                (new RtpHeader(0, false, (ushort)packets.Count, (uint)(160 * packets.Count), 7), payload[..length])
            );
        }

        return packets;
    }
}
