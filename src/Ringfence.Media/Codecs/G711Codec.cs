namespace Ringfence.Media.Codecs;

/// <summary>G.711 in either law; keeps no state.</summary>
public sealed class G711Codec : IAudioCodec
{
    private readonly bool _isALaw;

    private G711Codec(bool isALaw) => _isALaw = isALaw;

    /// <summary>µ-law.</summary>
    public static G711Codec Mu { get; } = new(isALaw: false);

    /// <summary>A-law.</summary>
    public static G711Codec A { get; } = new(isALaw: true);

    /// <inheritdoc/>
    public AudioFormat Format => _isALaw ? AudioFormat.Pcma : AudioFormat.Pcmu;

    /// <inheritdoc/>
    public int SampleRate => 8000;

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<short> samples, Span<byte> payload)
    {
        if (payload.Length < samples.Length)
        {
            return -1;
        }
        if (_isALaw)
        {
            ALaw.Encode(samples, payload);
        }
        else
        {
            MuLaw.Encode(samples, payload);
        }
        return samples.Length;
    }

    /// <inheritdoc/>
    public int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
    {
        var count = Math.Min(payload.Length, samples.Length);
        if (_isALaw)
        {
            ALaw.Decode(payload[..count], samples);
        }
        else
        {
            MuLaw.Decode(payload[..count], samples);
        }
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() { }
}
