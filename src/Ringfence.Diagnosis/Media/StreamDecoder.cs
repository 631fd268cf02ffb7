using Ringfence.Media.Codecs;
using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>Turns the packets of one stream into samples, with silence where packets are missing, so that the time of a sample is right.</summary>
internal sealed class StreamDecoder : IDisposable
{
    // The longest that a packet of audio is (RFC 7587 §4.2), at the highest rate.
    private const int LongestPacket = 48_000 * 120 / 1_000;

    // A gap longer than this is a source that began anew, not lost packets.
    private const int LongestGap = 10;

    private readonly short[] _samples = new short[LongestPacket];
    private readonly IAudioCodec _codec;
    private readonly byte _payloadType;
    private readonly int _clockRate;
    private uint _next;
    private bool _started;

    private StreamDecoder(IAudioCodec codec, byte payloadType, int clockRate) =>
        (_codec, _payloadType, _clockRate) = (codec, payloadType, clockRate);

    /// <summary>Samples a second.</summary>
    public int SampleRate => _codec.SampleRate;

    /// <summary>A decoder for most packets of a stream; null where its codec cannot be played here.</summary>
    public static StreamDecoder? Of(RtpStream stream) =>
        stream.Format is { } format && AudioCodecs.Create(format) is { } codec
            ? new StreamDecoder(codec, stream.PayloadType, format.ClockRate)
            : null;

    /// <summary>Whether there is anything that can play this encoding.</summary>
    public static bool Plays(AudioFormat format)
    {
        using var codec = AudioCodecs.Create(format);
        return codec is not null;
    }

    /// <summary>Decodes a packet and passes on its samples, after the silence of what is missing before it.</summary>
    public void Take(in RtpHeader header, ReadOnlySpan<byte> payload, SampleTaker take)
    {
        if (header.PayloadType != _payloadType)
        {
            return;
        }

        var missing = _started ? unchecked((int)(header.Timestamp - _next)) : 0;
        if (missing < 0 && missing > -LongestGap * _clockRate)
        {
            // Late or twice: what it would have filled has passed.
            return;
        }

        if (missing > 0 && missing < LongestGap * _clockRate)
        {
            Silence((int)((long)missing * SampleRate / _clockRate), take);
        }

        var decoded = Math.Max(0, _codec.Decode(payload, _samples));
        take(_samples.AsSpan(0, decoded));
        _next = header.Timestamp + (uint)((long)decoded * _clockRate / SampleRate);
        _started = true;
    }

    /// <inheritdoc/>
    public void Dispose() => _codec.Dispose();

    private void Silence(int samples, SampleTaker take)
    {
        Array.Clear(_samples);
        for (; samples > 0; samples -= _samples.Length)
        {
            take(_samples.AsSpan(0, Math.Min(samples, _samples.Length)));
        }
    }
}
