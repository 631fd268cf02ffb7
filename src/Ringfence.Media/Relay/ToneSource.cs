using Ringfence.Media.Tones;

namespace Ringfence.Media.Relay;

/// <summary>Plays a tone, for ever or for some time.</summary>
/// <param name="cadence">The tone.</param>
/// <param name="length">How long; null is for ever.</param>
public sealed class ToneSource(ToneCadence cadence, TimeSpan? length = null) : IAudioSource
{
    private ToneGenerator? _generator;
    private long _left = long.MaxValue;

    /// <inheritdoc/>
    public void Start(int sampleRate)
    {
        _generator = new ToneGenerator(cadence, sampleRate);
        _left = length is { } time ? (long)(time.TotalSeconds * sampleRate) : long.MaxValue;
    }

    /// <inheritdoc/>
    public bool Read(Span<short> samples)
    {
        var count = (int)Math.Min(samples.Length, _left);
        _generator!.Read(samples[..count]);
        samples[count..].Clear();
        _left -= count;
        return _left > 0;
    }
}
