using System.Runtime.CompilerServices;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Hearing;

/// <summary>Finds the tone of the plan that a measured tone and cadence fit best, and all countries that have it.</summary>
internal sealed class PlanMatch
{
    private const double FrequencyTolerance = 8;

    /// <summary>How much longer than it ought to be a single burst may be.</summary>
    private const double Stretched = 1.15;

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
            if (Pitch(entry, frequencies) is { } pitch && Times(entry.Times, cadence) is { } times)
            {
                fits.Add((entry, cadence.IsLastOpen ? pitch : Math.Max(pitch, times)));
            }
        }
        var near = Nearest(fits);
        if (near.Count == 0)
        {
            return (HeardKind.Tone, []);
        }
        var kind = near.Min(entry => entry.Kind);
        return !cadence.IsLastOpen ? (kind, CountriesOf(near, kind))
            // Busy and congestion are known by what they repeat.
            : kind != HeardKind.Ringback && cadence.Milliseconds.Length == 2 ? (HeardKind.Tone, [])
            : (kind, CountriesOf(Possible(frequencies, cadence.Milliseconds), kind));
    }

    /// <summary>
    /// What less than a period may be of: whatever has its frequencies, and bursts and pauses that may have been cut short. A single burst may
    /// be somewhat too long as well, as no other confirms it.
    /// </summary>
    private List<Entry> Possible(double[] frequencies, int[] heard)
    {
        var fits = new List<(Entry Entry, double Error)>();
        foreach (var entry in _entries)
        {
            var isPossible =
                heard.Length == 2
                    ? entry.Times.Where((_, i) => i % 2 == 0).Any(on => heard[0] <= Stretched * on)
                    : Times(entry.Times, new Cadence([.. heard[..^1], 0], true)) is not null;
            if (isPossible && Pitch(entry, frequencies) is { } pitch)
            {
                fits.Add((entry, pitch));
            }
        }
        return Nearest(fits);
    }

    // The error is in units of what may differ at most; a tenth of it is within what can be measured.
    private static List<Entry> Nearest(List<(Entry Entry, double Error)> fits)
    {
        var least = fits.Count == 0 ? 0 : fits.Min(fit => fit.Error);
        return [.. fits.Where(fit => fit.Error <= least + 0.15).Select(fit => fit.Entry)];
    }

    private static string[] CountriesOf(List<Entry> entries, HeardKind kind) =>
        [.. entries.Where(entry => entry.Kind == kind).Select(entry => entry.Country).Distinct()];

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

    // The worst deviation of a frequency, in units of the tolerance; null when it is none of these.
    private static double? Pitch(Entry entry, double[] frequencies)
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
        return worst > 1 ? null : worst;
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
