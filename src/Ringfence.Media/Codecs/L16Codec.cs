using System.Buffers.Binary;

namespace Ringfence.Media.Codecs;

/// <summary>Linear 16-bit samples of one channel in network order (RFC 3551 section 4.5.11); keeps no state.</summary>
/// <param name="sampleRate">Samples per second, which is the RTP clock too.</param>
public sealed class L16Codec(int sampleRate) : IAudioCodec
{
    /// <inheritdoc/>
    public AudioFormat Format => new("L16", sampleRate);

    /// <inheritdoc/>
    public int SampleRate => sampleRate;

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<short> samples, Span<byte> payload)
    {
        if (payload.Length / 2 < samples.Length)
        {
            return -1;
        }
        for (var i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(payload[(2 * i)..], samples[i]);
        }
        return 2 * samples.Length;
    }

    /// <inheritdoc/>
    public int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
    {
        var count = Math.Min(payload.Length / 2, samples.Length);
        for (var i = 0; i < count; i++)
        {
            samples[i] = BinaryPrimitives.ReadInt16BigEndian(payload[(2 * i)..]);
        }
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() { }
}
