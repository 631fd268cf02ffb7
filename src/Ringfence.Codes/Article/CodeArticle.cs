namespace Ringfence.Codes;

/// <summary>One code explained in one language: what a page, a terminal or a JSON answer shows.</summary>
public sealed record CodeArticle
{
    /// <summary>Language tag.</summary>
    public required string Language { get; init; }

    /// <summary>Status code.</summary>
    public required int Code { get; init; }

    /// <summary>Phrase.</summary>
    public required string Phrase { get; init; }

    /// <summary>Class.</summary>
    public required SipStatusClass Class { get; init; }

    /// <summary>Where the code stands in the registry.</summary>
    public required CodeStatus Status { get; init; }

    /// <summary>The same in words.</summary>
    public required string StatusText { get; init; }

    /// <summary>Where it is defined.</summary>
    public required string Defined { get; init; }

    /// <summary>The four facts that sum it up: class, session, other branches, SDP.</summary>
    public required IReadOnlyList<string> Chips { get; init; }

    /// <summary>What is written about it.</summary>
    public required CodeText Text { get; init; }

    /// <summary>The facts, in the order of what matters.</summary>
    public required IReadOnlyList<WordedFact> Facts { get; init; }

    /// <summary>What the other elements do next.</summary>
    public required IReadOnlyList<WordedSteps> Next { get; init; }

    /// <summary>Header fields.</summary>
    public required IReadOnlyList<WordedHeader> Headers { get; init; }

    /// <summary>Q.850 causes, both ways.</summary>
    public required IReadOnlyList<WordedLine> Q850 { get; init; }

    /// <summary>What known software does.</summary>
    public required IReadOnlyList<WordedLine> Software { get; init; }

    /// <summary>Other phrases met.</summary>
    public required IReadOnlyList<WordedLine> Phrases { get; init; }

    /// <summary>A response as on the wire.</summary>
    public required SampleMessage Message { get; init; }

    /// <summary>A typical exchange.</summary>
    public required WordedLadder Ladder { get; init; }

    /// <summary>Codes it is often confused with.</summary>
    public required IReadOnlyList<CodeLink> ConfusedWith { get; init; }

    /// <summary>Related codes.</summary>
    public required IReadOnlyList<CodeLink> Related { get; init; }

    /// <summary>Every source that the facts cite, RFCs first.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Explains a code.</summary>
    /// <param name="code">Status code of the catalogue.</param>
    /// <param name="language">The language.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code is not in the catalogue.</exception>
    public static CodeArticle Of(int code, Language language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return new ArticleWriter(CodeCatalogue.Get(code), language).Write();
    }
}
