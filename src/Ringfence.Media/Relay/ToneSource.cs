using Ringfence.Media.Tones;

namespace Ringfence.Media.Relay;

/// <summary>Plays a tone, for ever or for some time.</summary>
/// <param name="cadence">The tone.</param>
/// <param name="length">How long; null is for ever.</param>
public sealed class ToneSource(ToneCadence cadence, TimeSpan? length = null) : IAudioSource
{
    private RenderedTone? _rendered;
    private ToneGenerator? _generator;
    private long _position;
    private long _end = long.MaxValue;

    /// <inheritdoc/>
    public void Start(int sampleRate)
    {
        _rendered = RenderedTone.Of(cadence, sampleRate);
        _generator = _rendered is null ? new ToneGenerator(cadence, sampleRate) : null;
        _position = 0;
        _end = length is { } time ? (long)(time.TotalSeconds * sampleRate) : long.MaxValue;
    }

    /// <inheritdoc/>
    public bool Read(Span<short> samples)
    {
        var count = (int)Math.Min(samples.Length, _end - _position);
        _rendered?.Read(_position, samples[..count]);
        _generator?.Read(samples[..count]);
        samples[count..].Clear();
        _position += count;
        return _position < _end;
    }
}
