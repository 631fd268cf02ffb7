using System.Runtime.CompilerServices;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Hearing;

/// <summary>Finds the tone of the plan that a measured tone and cadence fit best, and all countries that have it.</summary>
internal sealed class PlanMatch
{
    private const double FrequencyTolerance = 8;

    private static readonly ConditionalWeakTable<TonePlan, PlanMatch> Known = [];

    private readonly List<Entry> _entries = [];

    /// <summary>That of a plan, made once.</summary>
    public static PlanMatch Of(TonePlan plan) => Known.GetValue(plan, static plan => new PlanMatch(plan));

    private PlanMatch(TonePlan plan)
    {
        foreach (var country in plan.Countries)
        {
            Add(country.Country, HeardKind.Ringback, country.Ringback.Cadence);
            Add(country.Country, HeardKind.Busy, country.Busy.Cadence);
            Add(country.Country, HeardKind.Congestion, country.Congestion.Cadence);
        }
    }

    /// <summary>The best kind and its countries; <see cref="HeardKind.Tone"/> when nothing fits.</summary>
    public (HeardKind Kind, string[] Countries) Find(double[] frequencies, Cadence cadence)
    {
        var fits = new List<(Entry Entry, double Error)>();
        foreach (var entry in _entries)
        {
            if (Error(entry, frequencies, cadence) is { } error)
            {
                fits.Add((entry, error));
            }
        }
        if (fits.Count == 0)
        {
            return (HeardKind.Tone, []);
        }
        // The error is in units of what may differ at most; a tenth of it is within what can be measured.
        var least = fits.Min(fit => fit.Error);
        var near = fits.Where(fit => fit.Error <= least + 0.15).ToList();
        var kind = near.Min(fit => fit.Entry.Kind);
        return (kind, [.. near.Where(fit => fit.Entry.Kind == kind).Select(fit => fit.Entry.Country).Distinct()]);
    }

    private void Add(string country, HeardKind kind, ToneCadence cadence)
    {
        var sounding = cadence.Steps.Where(step => !step.IsSilence).ToList();
        var times = cadence.Steps.Select(step => step.Milliseconds).ToArray();
        var alternates = cadence.Steps.Select((step, i) => step.IsSilence == (i % 2 == 1)).All(does => does);
        // Cadences of several tones are no match for a run of one; they are heard as special information.
        if (alternates && times.Length % 2 == 0 && sounding.TrueForAll(step => step.SameTone(sounding[0])))
        {
            _entries.Add(new Entry(country, kind, Lines(sounding[0]), times));
        }
    }

    private static double[] Lines(ToneStep step) =>
        step.Second == 0 ? [step.Frequency]
        : step.IsModulated ? [step.Frequency - step.Second, step.Frequency, step.Frequency + step.Second]
        : [Math.Min(step.Frequency, step.Second), Math.Max(step.Frequency, step.Second)];

    private static double? Error(Entry entry, double[] frequencies, Cadence cadence)
    {
        if (entry.Lines.Length != frequencies.Length)
        {
            return null;
        }
        var worst = 0.0;
        for (var i = 0; i < frequencies.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(frequencies[i] - entry.Lines[i]) / FrequencyTolerance);
        }
        if (worst > 1 || Times(entry.Times, cadence) is not { } times)
        {
            return null;
        }
        return Math.Max(worst, times);
    }

    /// <summary>Worst deviation under the best rotation, in units of the tolerance; null when none fits.</summary>
    private static double? Times(double[] expected, Cadence cadence)
    {
        var heard = cadence.Milliseconds;
        if (heard.Length != expected.Length)
        {
            return null;
        }
        double? best = null;
        for (var turn = 0; turn < expected.Length; turn += 2)
        {
            var worst = 0.0;
            for (var i = 0; i < heard.Length; i++)
            {
                var want = expected[(i + turn) % expected.Length];
                var isBound = cadence.IsLastOpen && i == heard.Length - 1 && heard[i] <= want;
                worst = Math.Max(worst, isBound ? 0 : Math.Abs(heard[i] - want) / Cadence.Tolerance(want));
            }
            if (worst <= 1 && (best is null || worst < best))
            {
                best = worst;
            }
        }
        return best;
    }

    private sealed record Entry(string Country, HeardKind Kind, double[] Lines, double[] Times);
}
