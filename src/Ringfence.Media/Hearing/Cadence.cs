namespace Ringfence.Media.Hearing;

/// <summary>The cadence of a run of bursts of one tone: alternating times on and off of one period.</summary>
/// <param name="Milliseconds">On, off, on, off … of one period, each the median of what was heard.</param>
/// <param name="IsLastOpen">Whether the last value is a lower bound: the silence after it was not heard to its end.</param>
internal readonly record struct Cadence(int[] Milliseconds, bool IsLastOpen)
{
    private const int MaxPairs = 4;

    /// <summary>How far two times may differ and still be the same.</summary>
    public static double Tolerance(double milliseconds) => Math.Max(28, 0.07 * milliseconds);

    /// <summary>Measures a run.</summary>
    /// <param name="bursts">Bursts of one tone, in order.</param>
    /// <param name="perMillisecond">Samples per millisecond.</param>
    /// <param name="silenceAfter">Samples of silence after the last burst, as far as heard.</param>
    /// <param name="isSilenceWhole">Whether that silence ended with the same tone again.</param>
    /// <param name="isFirstCut">Whether the first burst was already on when hearing began.</param>
    public static Cadence Measure(
        IReadOnlyList<Burst> bursts,
        double perMillisecond,
        long silenceAfter,
        bool isSilenceWhole,
        bool isFirstCut
    )
    {
        var times = new List<double>(2 * bursts.Count);
        for (var i = 0; i < bursts.Count; i++)
        {
            times.Add(bursts[i].Length / perMillisecond);
            var next = i + 1 < bursts.Count ? bursts[i + 1].Start - bursts[i].End : silenceAfter;
            times.Add(next / perMillisecond);
        }
        if (isFirstCut && bursts.Count > 1)
        {
            times.RemoveRange(0, 2);
        }
        var last = times[^1];
        times.RemoveAt(times.Count - 1);
        // The silence at the end counts only when it is longer than any before: then it is one of its own.
        var longestOff = times.Where((_, i) => i % 2 == 1).DefaultIfEmpty(0).Max();
        var isLonger = last > longestOff + Tolerance(longestOff);
        var isLastOpen = isLonger && !isSilenceWhole;
        if (isLonger)
        {
            times.Add(last);
        }
        for (var pairs = 1; pairs <= MaxPairs; pairs++)
        {
            if (Repeats(times, 2 * pairs, isLastOpen))
            {
                return Medians(times, 2 * pairs, isLastOpen);
            }
        }
        return new Cadence([], false);
    }

    private static bool Repeats(List<double> times, int period, bool isLastOpen)
    {
        var off = 0;
        var compared = 0;
        for (var i = period; i < times.Count; i++)
        {
            if (isLastOpen && i == times.Count - 1)
            {
                // A lower bound agrees with whatever is longer, and it is longer than all.
                off += times[i] > times[i - period] + Tolerance(times[i - period]) ? times.Count : 0;
                continue;
            }
            compared++;
            off += Math.Abs(times[i] - times[i - period]) > Tolerance(times[i]) ? 1 : 0;
        }
        // A lost packet now and then must not spoil a long run.
        return period <= times.Count + 1 && off <= compared / 5;
    }

    private static Cadence Medians(List<double> times, int period, bool isLastOpen)
    {
        var result = new int[Math.Min(period, times.Count)];
        for (var place = 0; place < result.Length; place++)
        {
            var values = times.Where((_, i) => i % period == place).Order().ToArray();
            result[place] = (int)Math.Round(values[values.Length / 2]);
        }
        // A place that only the open silence fills is a lower bound.
        var cadence = new Cadence(result, isLastOpen && times.Count <= period);
        return result.Length < 4 ? cadence : cadence.LongestPauseLast();
    }

    /// <summary>A period ends with its longest silence, wherever hearing began.</summary>
    private Cadence LongestPauseLast()
    {
        var (longest, shortest) = (1, 1);
        for (var i = 3; i < Milliseconds.Length; i += 2)
        {
            longest = Milliseconds[i] > Milliseconds[longest] ? i : longest;
            shortest = Milliseconds[i] < Milliseconds[shortest] ? i : shortest;
        }
        // Where all are alike there is nothing to turn, and an open last value is the longest already.
        var isUneven = Milliseconds[longest] - Milliseconds[shortest] > Tolerance(Milliseconds[longest]);
        return IsLastOpen || !isUneven
            ? this
            : this with
            {
                Milliseconds = [.. Milliseconds[(longest + 1)..], .. Milliseconds[..(longest + 1)]],
            };
    }
}
