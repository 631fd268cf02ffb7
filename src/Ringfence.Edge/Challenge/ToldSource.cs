using Ringfence.Media.Relay;

namespace Ringfence.Edge.Challenge;

/// <summary>Plays a source and tells of its end, on the media clock's thread.</summary>
internal sealed class ToldSource(IAudioSource source, Action ended) : IAudioSource
{
    /// <inheritdoc/>
    public void Start(int sampleRate) => source.Start(sampleRate);

    /// <inheritdoc/>
    public bool Read(Span<short> samples)
    {
        bool goesOn = source.Read(samples);
        if (!goesOn)
        {
            ended();
        }

        return goesOn;
    }
}
