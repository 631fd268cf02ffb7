using Ringfence.Media.Codecs;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Hearing;

/// <summary>
/// Says what is heard in a stream: tones with frequency, level and cadence and the countries that have them, speech,
/// silence. Levels from -40 dBm0 up, G.711 and one lost packet in a hundred are allowed for. Not thread-safe.
/// </summary>
public sealed class Listener
{
    private const int MaxBursts = 8192;
    private const double LostPackets = 45;
    private const double SpeechPause = 700;
    private const double ShortestSpeech = 60;

    /// <summary>Sound without a tone below this is line noise.</summary>
    private const double QuietestSpeech = -46;

    private readonly BurstDetector _detector;
    private readonly List<Burst> _bursts = [];
    private readonly double _perMillisecond;
    private readonly Timeline _timeline;

    /// <summary>A listener.</summary>
    /// <param name="sampleRate">Samples per second: 8000, 16000 or 48000.</param>
    /// <param name="plan">The tones to recognize; by default those of all countries.</param>
    public Listener(int sampleRate, TonePlan? plan = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 8000);
        _perMillisecond = sampleRate / 1000.0;
        _detector = new BurstDetector(sampleRate, Add);
        _timeline = new Timeline(plan ?? TonePlan.Default, _perMillisecond);
    }

    /// <summary>How much was heard.</summary>
    public TimeSpan Heard => TimeSpan.FromMilliseconds(_detector.Position / _perMillisecond);

    /// <summary>Says what is heard in a whole recording.</summary>
    /// <param name="samples">Linear samples of one channel.</param>
    /// <param name="sampleRate">Samples per second.</param>
    public static IReadOnlyList<HeardSegment> Analyse(ReadOnlySpan<short> samples, int sampleRate)
    {
        var listener = new Listener(sampleRate);
        listener.Hear(samples);
        return listener.Segments();
    }

    /// <summary>Takes the next samples of the stream.</summary>
    public void Hear(ReadOnlySpan<short> samples) => _detector.Hear(samples);

    /// <summary>The timeline so far, without gaps from the first sample to the last.</summary>
    public IReadOnlyList<HeardSegment> Segments()
    {
        var bursts = new List<Burst>(_bursts);
        if (_detector.Pending() is { } pending)
        {
            Join(bursts, pending);
        }
        bursts.RemoveAll(burst =>
            !burst.IsTone && (burst.Length < ShortestSpeech * _perMillisecond || burst.Level < QuietestSpeech)
        );
        return _timeline.Of(bursts, _detector.Position);
    }

    private void Add(Burst burst)
    {
        if (_bursts.Count < MaxBursts)
        {
            Join(_bursts, burst);
        }
    }

    /// <summary>Puts a burst behind the others; one that a lost packet cut off, and speech, goes on the one before.</summary>
    private void Join(List<Burst> bursts, Burst burst)
    {
        if (bursts.Count > 0)
        {
            var last = bursts[^1];
            var gap = (burst.Start - last.End) / _perMillisecond;
            var isFragment = Math.Min(burst.Length, last.Length) < LostPackets * _perMillisecond;
            if (gap is > 0 and <= LostPackets && (last.SameTone(burst) || (isFragment && IsNear(last, burst))))
            {
                var longer = burst.Length > last.Length ? burst : last;
                bursts[^1] = longer with { Start = last.Start, End = burst.End };
                return;
            }
            if (!last.IsTone && !burst.IsTone && gap <= SpeechPause)
            {
                bursts[^1] = last with { End = burst.End, Level = Mean(last, burst) };
                return;
            }
        }
        bursts.Add(burst);
    }

    private static bool IsNear(in Burst one, in Burst other) =>
        (one.IsTone || other.IsTone) && Math.Abs(one.Centre - other.Centre) < 0.12 * one.Centre;

    private static double Mean(in Burst one, in Burst other)
    {
        var (first, second) = (Level.AmplitudeOf(one.Level), Level.AmplitudeOf(other.Level));
        var energy = first * first * one.Length + second * second * other.Length;
        return Level.OfAmplitude(Math.Sqrt(energy / (one.Length + other.Length)));
    }
}
