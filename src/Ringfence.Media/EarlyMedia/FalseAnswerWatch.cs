using Ringfence.Media.Hearing;

namespace Ringfence.Media.EarlyMedia;

/// <summary>
/// Listens to the first seconds after an answer for signs that nobody answered: ringback that goes on, nothing at all, the same audio
/// over and over, or the caller's own. Fraud by false answer supervision bills the caller for that. Fed on one thread; the score may be read on any.
/// </summary>
/// <param name="answeredAfter">From the INVITE to the answer.</param>
/// <param name="wasAlerted">Whether there was a 180 before the answer.</param>
public sealed class FalseAnswerWatch(TimeSpan answeredAfter, bool wasAlerted)
{
    /// <summary>The score from which an answer is likely false.</summary>
    public const int Suspect = 50;

    private const int Rate = 8000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    /// <summary>Less proves no silence: people wait for each other to speak.</summary>
    private static readonly TimeSpan LeastSilence = TimeSpan.FromSeconds(3);

    /// <summary>Faster than a person takes up a telephone.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(700);

    private readonly Listener _listener = new(Rate);
    private readonly CoarseAudio _callee = new((int)Longest.TotalSeconds);
    private readonly CoarseAudio _caller = new((int)Longest.TotalSeconds);
    private TimeSpan _passed;
    private bool _isComplete;
    private int _score = -1;

    /// <summary>0 to 100 by what was heard within 3 seconds, and again after 8; -1 before, unless the call has ended.</summary>
    public int Score => Volatile.Read(ref _score);

    internal bool IsComplete => _isComplete;

    /// <summary>Takes what the callee sends.</summary>
    /// <param name="samples">Linear samples, at most 120 ms.</param>
    /// <param name="sampleRate">Their rate.</param>
    public void Hear(ReadOnlySpan<short> samples, int sampleRate)
    {
        if (!_isComplete)
        {
            _listener.Hear(_callee.Take(samples, sampleRate, _passed));
        }
    }

    /// <summary>Takes what the caller sends: a callee that returns it is none.</summary>
    /// <param name="samples">Linear samples, at most 120 ms.</param>
    /// <param name="sampleRate">Their rate.</param>
    public void HearCaller(ReadOnlySpan<short> samples, int sampleRate)
    {
        if (!_isComplete)
        {
            _caller.Take(samples, sampleRate, _passed);
        }
    }

    /// <summary>Time passes, whether anything is heard or not.</summary>
    public void Pass(TimeSpan time)
    {
        var before = _passed;
        _passed += time;
        if (_passed >= Longest)
        {
            Complete();
        }
        else if (before < LeastSilence && _passed >= LeastSilence)
        {
            // A call that is given up soon is judged too.
            Judge();
        }
    }

    /// <summary>Nothing more will come: the score is what was heard so far.</summary>
    public void Complete()
    {
        if (!_isComplete)
        {
            _isComplete = true;
            Judge();
        }
    }

    private void Judge() => Volatile.Write(ref _score, ScoreOf(_listener.Segments()));

    private int ScoreOf(IReadOnlyList<HeardSegment> segments)
    {
        var sound = segments.Where(segment => segment.Kind != HeardKind.Silence).ToList();
        var rings = sound.Any(segment => segment.Kind is HeardKind.Ringback or HeardKind.Busy or HeardKind.Congestion);
        var isSilent = sound.Count == 0 && _passed >= LeastSilence;
        var isLooped =
            !rings
            && sound.Exists(segment => segment.Kind == HeardKind.Speech)
            && (Repetition.PeriodOf(_callee.Samples, CoarseAudio.Rate) is not null || IsReturned());
        return Math.Min(
            100,
            (rings ? 70 : 0)
                + (isLooped ? 60 : 0)
                + (isSilent ? 40 : 0)
                + (answeredAfter < AtOnce ? 20 : 0)
                + (wasAlerted ? 0 : 10)
        );
    }

    private bool IsReturned() =>
        _callee.Began is { } callee
        && _caller.Began is { } caller
        && Repetition.IsEcho(_callee.Samples, _caller.Samples, CoarseAudio.Rate, callee - caller);
}
