namespace Ringfence.Codes;

/// <summary>Two codes side by side in one language.</summary>
public sealed record Comparison
{
    /// <summary>Language tag.</summary>
    public required string Language { get; init; }

    /// <summary>The question as a title.</summary>
    public required string Title { get; init; }

    /// <summary>One sentence that sets the two apart.</summary>
    public required string Verdict { get; init; }

    /// <summary>What is written about this pair, or null if nothing is.</summary>
    public required PairText? Written { get; init; }

    /// <summary>The lower code.</summary>
    public required ComparedCode A { get; init; }

    /// <summary>The higher code.</summary>
    public required ComparedCode B { get; init; }

    /// <summary>What differs, the most important first.</summary>
    public required IReadOnlyList<Difference> Differences { get; init; }

    /// <summary>What is the same for both.</summary>
    public required IReadOnlyList<WordedFact> Same { get; init; }

    /// <summary>Which one to send when.</summary>
    public required string WhichToSend { get; init; }

    /// <summary>Number of steps that both ladders begin with alike; the next one is where they part.</summary>
    public required int CommonSteps { get; init; }

    /// <summary>The same in words.</summary>
    public required string PartsAt { get; init; }

    /// <summary>Other comparisons with one of the two, written ones first.</summary>
    public required IReadOnlyList<RelatedPair> Related { get; init; }

    /// <summary>Compares two codes, in any order.</summary>
    /// <param name="one">A status code of the catalogue.</param>
    /// <param name="other">Another one.</param>
    /// <param name="language">The language.</param>
    /// <exception cref="ArgumentException">Both are the same.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is not in the catalogue.</exception>
    public static Comparison Of(int one, int other, Language language)
    {
        ArgumentNullException.ThrowIfNull(language);
        var pair = new CodePair(one, other);
        return new ComparisonWriter(CodeCatalogue.Get(pair.Lower), CodeCatalogue.Get(pair.Higher), language).Write();
    }
}
