using Ringfence.Media.Codecs;

namespace Ringfence.Media.Hearing;

/// <summary>
/// Finds audio that is played over and over, or that is somebody else's sent back: what a person says is never the same twice, sample
/// by sample. Looked for in the loudness first and proved in the samples.
/// </summary>
internal static class Repetition
{
    private const int StepMs = 20;
    private const int ShortestMs = 400;
    private const int LongestDelayMs = 2_500;

    /// <summary>How far the loudness may mislead about the period, to either side.</summary>
    private const int SearchMs = 20;

    /// <summary>How alike the loudness is at the periods that are looked at.</summary>
    private const double Promising = 0.8;

    /// <summary>How alike the samples must be.</summary>
    private const double Same = 0.9;

    private const int MostCandidates = 4;

    /// <summary>What is compared must last for so long, and what is sent back must be sound for half of that.</summary>
    private const int LeastMs = 2_000;

    /// <summary>Power of sound, in dBm0.</summary>
    private const double Sound = -45;

    /// <summary>
    /// Most that an echo is weaker or stronger than what it is of, as a ratio of amplitudes: what comes back of a telephone's own line
    /// or room is weaker than that, a loop is not.
    /// </summary>
    private const double MostChanged = 2;

    /// <summary>The period; null where nothing repeats. At least half of what is given must be a repetition.</summary>
    /// <param name="samples">Some seconds of audio, best at a low rate.</param>
    /// <param name="sampleRate">Samples per second.</param>
    public static TimeSpan? PeriodOf(ReadOnlySpan<short> samples, int sampleRate) =>
        LagOf(samples, samples, sampleRate, ShortestMs / StepMs, samples.Length / (sampleRate * StepMs / 1000) / 2)
            is { } lag
            ? TimeSpan.FromSeconds((double)lag / sampleRate)
            : null;

    /// <summary>Whether one side sends back what the other one says.</summary>
    /// <param name="samples">What it sends, some seconds, best at a low rate.</param>
    /// <param name="original">What the other one says, at that rate.</param>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="headStart">How much earlier the original begins.</param>
    public static bool IsEcho(
        ReadOnlySpan<short> samples,
        ReadOnlySpan<short> original,
        int sampleRate,
        TimeSpan headStart
    )
    {
        var step = sampleRate * StepMs / 1000;
        var heard = 0;
        for (var at = 0; at + step <= original.Length; at += step)
        {
            heard += Level.Of(original.Slice(at, step)) >= Sound ? StepMs : 0;
        }
        var first = -(int)(headStart.TotalMilliseconds / StepMs);
        return heard >= LeastMs / 2
            && LagOf(samples, original, sampleRate, first, first + LongestDelayMs / StepMs) is { } lag
            && Change(samples, original, lag) is >= 1 / MostChanged and <= MostChanged;
    }

    /// <summary>How many samples later the original is in the samples; null where it is not.</summary>
    private static int? LagOf(
        ReadOnlySpan<short> samples,
        ReadOnlySpan<short> original,
        int sampleRate,
        int first,
        int last
    )
    {
        var step = sampleRate * StepMs / 1000;
        var search = sampleRate * SearchMs / 1000;
        foreach (var lag in Candidates(Loudness(samples, step), Loudness(original, step), first, last))
        {
            for (var at = lag * step - search; at <= lag * step + search; at++)
            {
                if (Likeness(samples, original, at) >= Same)
                {
                    return at;
                }
            }
        }
        return null;
    }

    private static double[] Loudness(ReadOnlySpan<short> samples, int step)
    {
        var loudness = new double[samples.Length / step];
        for (var i = 0; i < loudness.Length; i++)
        {
            foreach (var sample in samples.Slice(i * step, step))
            {
                loudness[i] += Math.Abs((int)sample);
            }
        }
        var mean = loudness.Length == 0 ? 0 : loudness.Average();
        for (var i = 0; i < loudness.Length; i++)
        {
            loudness[i] -= mean;
        }
        return loudness;
    }

    /// <summary>The lags at which the loudness is most alike, best first.</summary>
    private static IEnumerable<int> Candidates(double[] loudness, double[] original, int first, int last)
    {
        var likeness = new double[Math.Max(0, last - first + 1)];
        for (var lag = first; lag <= last; lag++)
        {
            var from = Math.Max(0, lag);
            var to = Math.Min(loudness.Length, original.Length + lag);
            if ((to - from) * StepMs < Math.Min(LeastMs, loudness.Length * StepMs / 2))
            {
                continue;
            }
            double product = 0;
            double here = 1;
            double before = 1;
            for (var i = from; i < to; i++)
            {
                product += loudness[i] * original[i - lag];
                here += loudness[i] * loudness[i];
                before += original[i - lag] * original[i - lag];
            }
            likeness[lag - first] = product / Math.Sqrt(here * before);
        }
        return Enumerable
            .Range(0, likeness.Length)
            .Where(lag => likeness[lag] >= Promising)
            .OrderByDescending(lag => likeness[lag])
            .Take(MostCandidates)
            .Select(lag => lag + first);
    }

    private static double Likeness(ReadOnlySpan<short> samples, ReadOnlySpan<short> original, int lag)
    {
        var (product, here, before) = Compare(samples, original, lag);
        return product / Math.Sqrt(here * before);
    }

    /// <summary>How much stronger the samples are than what they repeat.</summary>
    private static double Change(ReadOnlySpan<short> samples, ReadOnlySpan<short> original, int lag)
    {
        var (_, here, before) = Compare(samples, original, lag);
        return Math.Sqrt(here / before);
    }

    private static (double Product, double Here, double Before) Compare(
        ReadOnlySpan<short> samples,
        ReadOnlySpan<short> original,
        int lag
    )
    {
        double product = 0;
        double here = 1;
        double before = 1;
        for (var i = Math.Max(0, lag); i < samples.Length && i - lag < original.Length; i++)
        {
            product += (double)samples[i] * original[i - lag];
            here += (double)samples[i] * samples[i];
            before += (double)original[i - lag] * original[i - lag];
        }
        return (product, here, before);
    }
}
