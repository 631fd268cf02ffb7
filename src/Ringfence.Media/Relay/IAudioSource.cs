namespace Ringfence.Media.Relay;

/// <summary>Something that can be played towards the caller. Called on the clock's thread.</summary>
public interface IAudioSource
{
    /// <summary>Playing begins.</summary>
    /// <param name="sampleRate">Samples per second that will be asked for.</param>
    void Start(int sampleRate);

    /// <summary>Gives the next samples, filling the whole span.</summary>
    /// <param name="samples">Where they go.</param>
    /// <returns>False when the source has ended; what it filled is still played.</returns>
    bool Read(Span<short> samples);
}
