using Ringfence.Media.Codecs;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Hearing;

/// <summary>Makes segments of bursts: runs of one tone become a cadence, three rising tones special information.</summary>
internal sealed class Timeline(TonePlan plan, double perMillisecond)
{
    private const double LongestPause = 11_000;
    private const double ShortestSilence = 100;

    private readonly PlanMatch _plan = PlanMatch.Of(plan);
    private readonly SpecialInformationMatch _special = new(plan);

    public List<HeardSegment> Of(List<Burst> bursts, long end)
    {
        var segments = new List<HeardSegment>();
        for (var i = 0; i < bursts.Count; )
        {
            var count = 1;
            if (_special.Find(bursts, i, perMillisecond) is { } name)
            {
                count = 3;
                segments.Add(Special(bursts.GetRange(i, count), name));
            }
            else if (!bursts[i].IsTone)
            {
                segments.Add(Segment(HeardKind.Speech, bursts[i].Start, bursts[i].End, bursts[i].Level));
            }
            else
            {
                count = Run(bursts, i);
                segments.Add(Tone(bursts, i, count, end));
            }
            i += count;
        }
        return WithSilence(segments, end);
    }

    private int Run(List<Burst> bursts, int first)
    {
        var count = 1;
        while (
            first + count < bursts.Count
            && bursts[first].SameTone(bursts[first + count])
            && bursts[first + count].Start - bursts[first + count - 1].End <= LongestPause * perMillisecond
        )
        {
            count++;
        }
        return count;
    }

    private HeardSegment Tone(List<Burst> bursts, int first, int count, long end)
    {
        var run = bursts.GetRange(first, count);
        var next = first + count < bursts.Count ? bursts[first + count].Start : end;
        // A burst still on at the end is not over, so that its length says nothing.
        var isLastOn = next == end && end - run[^1].End < ShortestSilence / 10 * perMillisecond;
        var measured = isLastOn && count > 1 ? run.GetRange(0, count - 1) : run;
        var silence = isLastOn && count > 1 ? run[^1].Start - measured[^1].End : next - run[^1].End;
        var isFirstCut = run[0].Start < ShortestSilence / 10 * perMillisecond;
        var longest = run.MaxBy(burst => Math.Min(burst.Length, perMillisecond * 500) + burst.Frequencies.Length);
        var (cadence, kind, countries) =
            isLastOn && count == 1
                ? (default, HeardKind.Tone, [])
                : Match(measured, silence, isLastOn, isFirstCut && measured.Count > 2, longest.Frequencies);
        return Segment(kind, run[0].Start, run[^1].End, Loudness(run)) with
        {
            Frequencies = longest.Frequencies,
            Cadence = cadence.Milliseconds ?? [],
            Bursts = count,
            Countries = countries,
            IsWhole = cadence is { Milliseconds: { Length: > 0 }, IsLastOpen: false },
        };
    }

    private (Cadence Cadence, HeardKind Kind, string[] Countries) Match(
        List<Burst> bursts,
        long silence,
        bool isSilenceWhole,
        bool isFirstCut,
        double[] frequencies
    )
    {
        var cadence = Cadence.Measure(bursts, perMillisecond, silence, isSilenceWhole, isFirstCut);
        var (kind, countries) = Find(cadence, frequencies);
        if (kind != HeardKind.Tone || bursts.Count == 1)
        {
            return (cadence, kind, countries);
        }
        // The silence at the end need not be part of the cadence, as the tone may have stopped there; nor need the last burst have been whole.
        var gap = bursts[^1].Start - bursts[^2].End;
        var stopped = Cadence.Measure(bursts, perMillisecond, 0, false, isFirstCut);
        var cut = Cadence.Measure(bursts.GetRange(0, bursts.Count - 1), perMillisecond, gap, true, isFirstCut);
        foreach (var other in new[] { stopped, cut })
        {
            (kind, countries) = Find(other, frequencies);
            // Two bursts alone are no busy tone: many countries ring in twos.
            if (kind == HeardKind.Ringback || (kind != HeardKind.Tone && bursts.Count > 2))
            {
                return (other, kind, countries);
            }
        }
        return (cadence, HeardKind.Tone, []);
    }

    private (HeardKind Kind, string[] Countries) Find(Cadence cadence, double[] frequencies) =>
        cadence.Milliseconds.Length < 2 ? (HeardKind.Tone, []) : _plan.Find(frequencies, cadence);

    private HeardSegment Special(List<Burst> tones, string name) =>
        Segment(HeardKind.SpecialInformation, tones[0].Start, tones[^1].End, Loudness(tones)) with
        {
            Frequencies = [.. tones.Select(tone => tone.Frequencies[0])],
            Cadence = [.. tones.Select(tone => (int)Math.Round(tone.Length / perMillisecond))],
            Bursts = tones.Count,
            Name = name,
        };

    private static double Loudness(List<Burst> bursts)
    {
        var levels = bursts.Select(burst => burst.Level).Order().ToArray();
        return levels[levels.Length / 2];
    }

    private List<HeardSegment> WithSilence(List<HeardSegment> sounding, long end)
    {
        var result = new List<HeardSegment>(2 * sounding.Count + 1);
        var at = TimeSpan.Zero;
        var total = Time(end);
        foreach (var segment in sounding)
        {
            Silence(at, segment.Start);
            result.Add(segment);
            at = segment.End;
        }
        Silence(at, total);
        return result;

        void Silence(TimeSpan from, TimeSpan to)
        {
            if ((to - from).TotalMilliseconds >= ShortestSilence)
            {
                result.Add(
                    new HeardSegment
                    {
                        Kind = HeardKind.Silence,
                        Start = from,
                        End = to,
                        Level = Level.Silence,
                    }
                );
            }
        }
    }

    private HeardSegment Segment(HeardKind kind, long start, long end, double level) =>
        new()
        {
            Kind = kind,
            Start = Time(start),
            End = Time(end),
            Level = level,
        };

    private TimeSpan Time(long samples) => TimeSpan.FromMilliseconds(samples / perMillisecond);
}
