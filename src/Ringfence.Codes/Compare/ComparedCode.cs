namespace Ringfence.Codes;

/// <summary>One side of a comparison.</summary>
/// <param name="Code">Status code.</param>
/// <param name="Phrase">Phrase.</param>
/// <param name="Class">Class.</param>
/// <param name="Defined">Where it is defined.</param>
/// <param name="Summary">The meaning in one sentence.</param>
/// <param name="Description">The meaning in some sentences.</param>
/// <param name="Seen">When it is seen.</param>
/// <param name="Resolve">What to do about it.</param>
/// <param name="Ladder">A typical exchange.</param>
public sealed record ComparedCode(
    int Code,
    string Phrase,
    SipStatusClass Class,
    string Defined,
    string Summary,
    string Description,
    IReadOnlyList<string> Seen,
    ResolveSteps Resolve,
    WordedLadder Ladder
)
{
    internal static ComparedCode Of(CodeFacts facts, Language language)
    {
        var text = language.Text(facts.Code);
        return new(
            facts.Code,
            facts.Phrase,
            facts.Class,
            facts.Defined,
            text.Summary,
            text.Description,
            text.Seen,
            text.Resolve,
            WordedLadder.Of(facts.Ladder, language)
        );
    }
}
