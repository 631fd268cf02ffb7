namespace Ringfence.Media.Hearing;

/// <summary>One stretch of the timeline of what was heard.</summary>
public sealed record HeardSegment
{
    /// <summary>What it is.</summary>
    public required HeardKind Kind { get; init; }

    /// <summary>When it began, since the first sample.</summary>
    public required TimeSpan Start { get; init; }

    /// <summary>When it ended.</summary>
    public required TimeSpan End { get; init; }

    /// <summary>Power while it sounded, all frequencies together, in dBm0.</summary>
    public required double Level { get; init; }

    /// <summary>Frequencies in hertz, lowest first; a modulated tone shows as carrier and side frequencies.</summary>
    public IReadOnlyList<double> Frequencies { get; init; } = [];

    /// <summary>
    /// Milliseconds on, off, on, off … of one period; empty where there is no cadence. The last value is a lower bound
    /// while only one period was heard.
    /// </summary>
    public IReadOnlyList<int> Cadence { get; init; } = [];

    /// <summary>Bursts that were heard.</summary>
    public int Bursts { get; init; }

    /// <summary>
    /// ISO codes of the countries whose plan it fits best; several share a plan. Of less than a whole period these are the countries that it may
    /// be of.
    /// </summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>Whether a whole period of its cadence was heard, so that the cadence tells the countries apart.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Name of the special information tone, such as <c>itu</c> or <c>vacant</c>; null for other kinds.</summary>
    public string? Name { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = $"{Start.TotalSeconds:F2}-{End.TotalSeconds:F2} s {Kind}";
        if (Frequencies.Count > 0)
        {
            text += $" {string.Join('+', Frequencies.Select(hertz => $"{hertz:F0}"))} Hz";
        }
        if (Cadence.Count > 0)
        {
            text += $" {string.Join('/', Cadence)} ms";
        }
        text += Kind == HeardKind.Silence ? "" : $" {Level:F1} dBm0";
        return Name is not null ? $"{text} {Name}"
            : Countries.Count > 0 ? $"{text} of {string.Join(", ", Countries)}"
            : text;
    }
}
