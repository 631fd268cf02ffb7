using System.Collections.Concurrent;
using Ringfence.Media.Codecs;
using Ringfence.Media.Wav;

namespace Ringfence.Media.Prompts;

/// <summary>A recorded word, decoded once, and converted once for every sampling rate that is asked for. Thread-safe.</summary>
internal sealed class Recording(WavFile file)
{
    private readonly ConcurrentDictionary<int, ReadOnlyMemory<short>> _byRate = new()
    {
        [file.SampleRate] = file.Samples,
    };

    public TimeSpan Duration => file.Duration;

    public ReadOnlyMemory<short> At(int sampleRate) =>
        _byRate.GetOrAdd(sampleRate, rate => Resampler.Convert(file.Samples.Span, file.SampleRate, rate));
}
