namespace Ringfence.Media.Hearing;

/// <summary>
/// Finds audio that is played over and over: what a person says is never the same twice, sample by sample. Looked for in the
/// loudness first and proved in the samples.
/// </summary>
internal static class Repetition
{
    private const int StepMs = 20;
    private const int ShortestMs = 400;

    /// <summary>How far the loudness may mislead about the period, to either side.</summary>
    private const int SearchMs = 20;

    /// <summary>How alike the loudness is at the periods that are looked at.</summary>
    private const double Promising = 0.8;

    /// <summary>How alike the samples must be.</summary>
    private const double Same = 0.9;

    private const int MostCandidates = 4;

    /// <summary>The period; null where nothing repeats. At least half of what is given must be a repetition.</summary>
    /// <param name="samples">Some seconds of audio, best at a low rate.</param>
    /// <param name="sampleRate">Samples per second.</param>
    public static TimeSpan? PeriodOf(ReadOnlySpan<short> samples, int sampleRate)
    {
        var step = sampleRate * StepMs / 1000;
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
        var search = sampleRate * SearchMs / 1000;
        foreach (var lag in Candidates(loudness))
        {
            for (var at = lag * step - search; at <= lag * step + search; at++)
            {
                if (Likeness(samples, at) >= Same)
                {
                    return TimeSpan.FromSeconds((double)at / sampleRate);
                }
            }
        }
        return null;
    }

    /// <summary>The periods at which the loudness is most alike, best first.</summary>
    private static IEnumerable<int> Candidates(double[] loudness)
    {
        var likeness = new double[(loudness.Length / 2) + 1];
        for (var lag = ShortestMs / StepMs; lag < likeness.Length; lag++)
        {
            double product = 0;
            double here = 1;
            double before = 1;
            for (var i = lag; i < loudness.Length; i++)
            {
                product += loudness[i] * loudness[i - lag];
                here += loudness[i] * loudness[i];
                before += loudness[i - lag] * loudness[i - lag];
            }
            likeness[lag] = product / Math.Sqrt(here * before);
        }
        return Enumerable
            .Range(0, likeness.Length)
            .Where(lag => likeness[lag] >= Promising)
            .OrderByDescending(lag => likeness[lag])
            .Take(MostCandidates);
    }

    private static double Likeness(ReadOnlySpan<short> samples, int lag)
    {
        double product = 0;
        double here = 1;
        double before = 1;
        for (var i = lag; i < samples.Length; i++)
        {
            product += (double)samples[i] * samples[i - lag];
            here += (double)samples[i] * samples[i];
            before += (double)samples[i - lag] * samples[i - lag];
        }
        return product / Math.Sqrt(here * before);
    }
}
