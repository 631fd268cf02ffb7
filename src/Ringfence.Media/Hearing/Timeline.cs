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
        var cadence =
            isLastOn && count == 1
                ? new Cadence([], false)
                : Cadence.Measure(measured, perMillisecond, silence, isFirstCut && measured.Count > 2);
        var longest = run.MaxBy(burst => Math.Min(burst.Length, perMillisecond * 500) + burst.Frequencies.Length);
        var (kind, countries) =
            cadence.Milliseconds.Length < 2 ? (HeardKind.Tone, []) : _plan.Find(longest.Frequencies, cadence);
        return Segment(kind, run[0].Start, run[^1].End, Loudness(run)) with
        {
            Frequencies = longest.Frequencies,
            Cadence = cadence.Milliseconds,
            Bursts = count,
            Countries = countries,
        };
    }

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
