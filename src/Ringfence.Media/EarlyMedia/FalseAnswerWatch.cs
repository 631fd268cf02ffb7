using Ringfence.Media.Codecs;
using Ringfence.Media.Hearing;

namespace Ringfence.Media.EarlyMedia;

/// <summary>
/// Listens to the first seconds after an answer for signs that nobody answered: ringback that goes on, or nothing at all. Fraud
/// by false answer supervision bills the caller for that. Fed on one thread; the score may be read on any.
/// </summary>
/// <param name="answeredAfter">From the INVITE to the answer.</param>
/// <param name="wasAlerted">Whether there was a 180 before the answer.</param>
public sealed class FalseAnswerWatch(TimeSpan answeredAfter, bool wasAlerted)
{
    /// <summary>The score from which an answer is likely false.</summary>
    public const int Suspect = 50;

    private const int Rate = 8000;
    private const int Longest = 8 * Rate;

    /// <summary>Faster than a person takes up a telephone.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(700);

    private readonly Listener _listener = new(Rate);
    private readonly short[] _narrow = new short[960];
    private StreamResampler? _resampler;
    private int _heard;
    private int _score = -1;

    /// <summary>0 to 100, once 8 seconds were heard or the call has ended; -1 before.</summary>
    public int Score => Volatile.Read(ref _score);

    /// <summary>Takes what the callee sends.</summary>
    /// <param name="samples">Linear samples, at most 120 ms.</param>
    /// <param name="sampleRate">Their rate.</param>
    public void Hear(ReadOnlySpan<short> samples, int sampleRate)
    {
        if (_score >= 0 || samples.IsEmpty)
        {
            return;
        }
        if (sampleRate != Rate)
        {
            _resampler = _resampler?.From == sampleRate ? _resampler : new StreamResampler(sampleRate, Rate);
            samples = _narrow.AsSpan(0, _resampler.Convert(samples, _narrow));
        }
        _listener.Hear(samples);
        _heard += samples.Length;
        if (_heard >= Longest)
        {
            Complete();
        }
    }

    /// <summary>Nothing more will come: the score is what was heard so far.</summary>
    public void Complete()
    {
        if (_score < 0)
        {
            Volatile.Write(ref _score, ScoreOf(_listener.Segments()));
        }
    }

    private int ScoreOf(IReadOnlyList<HeardSegment> segments)
    {
        var sound = segments.Where(segment => segment.Kind != HeardKind.Silence).ToList();
        var rings = sound.Any(segment => segment.Kind is HeardKind.Ringback or HeardKind.Busy or HeardKind.Congestion);
        // Less than three seconds prove no silence: people wait for each other to speak.
        var isSilent = sound.Count == 0 && _heard >= 3 * Rate;
        return Math.Min(
            100,
            (rings ? 70 : 0) + (isSilent ? 40 : 0) + (answeredAfter < AtOnce ? 20 : 0) + (wasAlerted ? 0 : 10)
        );
    }
}
