using Ringfence.Media.Relay;

namespace Ringfence.Media.Prompts;

/// <summary>Plays one source after another, such as a tone and then a phrase.</summary>
/// <param name="sources">The sources, in their order.</param>
public sealed class SequenceSource(params IAudioSource[] sources) : IAudioSource
{
    private int _present;

    /// <inheritdoc/>
    public void Start(int sampleRate)
    {
        _present = 0;
        foreach (var source in sources)
        {
            source.Start(sampleRate);
        }
    }

    /// <inheritdoc/>
    public bool Read(Span<short> samples)
    {
        if (_present == sources.Length)
        {
            samples.Clear();
            return false;
        }
        // The next one begins with the next frame: at most 20 ms of silence between them.
        _present += sources[_present].Read(samples) ? 0 : 1;
        return _present < sources.Length;
    }
}
