namespace Ringfence.Media.Relay;

/// <summary>Plays silence: packets go on, so that the caller's side sees that the stream lives.</summary>
public sealed class SilenceSource : IAudioSource
{
    /// <inheritdoc/>
    public void Start(int sampleRate) { }

    /// <inheritdoc/>
    public bool Read(Span<short> samples)
    {
        samples.Clear();
        return true;
    }
}
