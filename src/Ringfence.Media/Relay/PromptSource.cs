using Ringfence.Media.Codecs;
using Ringfence.Media.Wav;

namespace Ringfence.Media.Relay;

/// <summary>Plays a recording, once or several times with a pause between.</summary>
/// <param name="prompt">The recording; one of another rate is converted when playing begins.</param>
/// <param name="times">How often; 0 is for ever.</param>
/// <param name="pause">Silence after each time but the last.</param>
public sealed class PromptSource(WavFile prompt, int times = 1, TimeSpan pause = default) : IAudioSource
{
    private ReadOnlyMemory<short> _samples;
    private int _length;
    private int _position;
    private int _played;

    /// <inheritdoc/>
    public void Start(int sampleRate)
    {
        _samples =
            prompt.SampleRate == sampleRate
                ? prompt.Samples
                : Resampler.Convert(prompt.Samples.Span, prompt.SampleRate, sampleRate);
        _length = _samples.Length + (int)(pause.TotalSeconds * sampleRate);
        _position = 0;
        _played = 0;
    }

    /// <inheritdoc/>
    public bool Read(Span<short> samples)
    {
        samples.Clear();
        while (!samples.IsEmpty && _length > 0)
        {
            var rest = _samples.Span[Math.Min(_position, _samples.Length)..];
            var count = Math.Min(samples.Length, rest.Length > 0 ? rest.Length : _length - _position);
            if (rest.Length > 0)
            {
                rest[..count].CopyTo(samples);
            }
            samples = samples[count..];
            _position += count;
            if (_position >= _samples.Length && _played + 1 == times)
            {
                return false;
            }
            if (_position == _length)
            {
                _position = 0;
                _played++;
            }
        }
        return _length > 0;
    }
}
