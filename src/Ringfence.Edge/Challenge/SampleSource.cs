using Ringfence.Media.Codecs;
using Ringfence.Media.Relay;

namespace Ringfence.Edge.Challenge;

/// <summary>Plays samples of 8 kHz once, after some silence.</summary>
internal sealed class SampleSource(ReadOnlyMemory<short> samples, TimeSpan lead) : IAudioSource
{
    private ReadOnlyMemory<short> _rest;
    private int _silence;

    /// <inheritdoc/>
    public void Start(int sampleRate)
    {
        _rest =
            sampleRate == NameTap.SampleRate
                ? samples
                : Resampler.Convert(samples.Span, NameTap.SampleRate, sampleRate);
        _silence = (int)(lead.TotalSeconds * sampleRate);
    }

    /// <inheritdoc/>
    public bool Read(Span<short> frame)
    {
        frame.Clear();
        int before = Math.Min(_silence, frame.Length);
        _silence -= before;
        int count = Math.Min(frame.Length - before, _rest.Length);
        _rest.Span[..count].CopyTo(frame[before..]);
        _rest = _rest[count..];
        return !_rest.IsEmpty;
    }
}
