namespace Ringfence.Diagnosis.Report;

/// <summary>How a report is written.</summary>
public sealed record ReportOptions
{
    /// <summary>The language, as in BCP 47; English where it is not known.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Which calls are shown.</summary>
    public CallFilter Filter { get; init; } = new();

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = 100;

    /// <summary>Whether to colour with ANSI sequences.</summary>
    public bool Colours { get; init; }

    /// <summary>How many calls are drawn at most; the others get their sentence only.</summary>
    public int MaxLadders { get; init; } = 20;

    /// <summary>How many calls a page lists at most.</summary>
    public int MaxListed { get; init; } = 500;

    /// <summary>How many calls stand before the first that is listed, on a page of several.</summary>
    public int ListedFrom { get; init; }
}
