using Ringfence.Media.Codecs;

namespace Ringfence.Media.EarlyMedia;

/// <summary>
/// The first seconds of somebody's audio at 2 kHz: a quarter of the samples of a telephone, the pitch of any voice. Not thread-safe.
/// </summary>
internal sealed class CoarseAudio
{
    /// <summary>Samples per second of what is kept.</summary>
    public const int Rate = 2000;

    private const int NarrowRate = 8000;

    private readonly short[] _narrow = new short[960];
    private readonly short[] _samples;
    private readonly StreamResampler _coarser = new(NarrowRate, Rate);
    private StreamResampler? _resampler;
    private int _length;

    /// <param name="seconds">How much is kept.</param>
    public CoarseAudio(int seconds) => _samples = new short[seconds * Rate];

    /// <summary>When it began.</summary>
    public TimeSpan? Began { get; private set; }

    /// <summary>What there is.</summary>
    public ReadOnlySpan<short> Samples => _samples.AsSpan(0, _length);

    /// <summary>Takes samples, at most 120 ms, and gives them at 8 kHz; nothing once it is full.</summary>
    public ReadOnlySpan<short> Take(ReadOnlySpan<short> samples, int sampleRate, TimeSpan now)
    {
        Began ??= now;
        if (sampleRate != NarrowRate)
        {
            _resampler = _resampler?.From == sampleRate ? _resampler : new StreamResampler(sampleRate, NarrowRate);
            samples = _narrow.AsSpan(0, _resampler.Convert(samples, _narrow));
        }
        var room = (_samples.Length - _length) * (NarrowRate / Rate);
        samples = samples[..Math.Min(samples.Length, room)];
        _length += _coarser.Convert(samples, _samples.AsSpan(_length));
        return samples;
    }
}
