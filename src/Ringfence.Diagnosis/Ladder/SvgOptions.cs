namespace Ringfence.Diagnosis.Ladder;

/// <summary>How a ladder is drawn as SVG.</summary>
public sealed record SvgOptions
{
    /// <summary>How time runs down.</summary>
    public LadderTime Time { get; init; } = LadderTime.Folded;

    /// <summary>What the picture shows, for screen readers.</summary>
    public required string Title { get; init; }

    /// <summary>The language of its words.</summary>
    public string Language { get; init; } = "en";

    /// <summary>
    /// Beginning of the ids that arrows and findings link to: <c>c0-</c> for <c>#c0-m12</c> and <c>#c0-EM-02</c>. Null draws a picture of its
    /// own: style and colours are in it, and it links to nothing.
    /// </summary>
    public string? Anchor { get; init; }

    /// <summary>The step that each arrow stands on, where the rows of two pictures are to lie at the same height; time is not drawn then.</summary>
    internal IReadOnlyList<int>? Steps { get; init; }

    /// <summary>The least width, so that both pictures of a comparison shrink alike.</summary>
    internal int LeastWidth { get; init; }

    /// <summary>The step above which two calls part, with its words; null where they do not.</summary>
    internal (int Step, string Words)? Parting { get; init; }
}
