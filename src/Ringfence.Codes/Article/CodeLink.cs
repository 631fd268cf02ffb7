namespace Ringfence.Codes;

/// <summary>A code as other pages show it: number, phrase, and its meaning in one sentence.</summary>
/// <param name="Code">Status code.</param>
/// <param name="Phrase">Phrase.</param>
/// <param name="Class">Class.</param>
/// <param name="Summary">The meaning in one sentence.</param>
public sealed record CodeLink(int Code, string Phrase, SipStatusClass Class, string Summary)
{
    /// <summary>The link to a code.</summary>
    /// <param name="code">Status code of the catalogue.</param>
    /// <param name="language">Language of the summary.</param>
    public static CodeLink To(int code, Language language)
    {
        ArgumentNullException.ThrowIfNull(language);
        var facts = CodeCatalogue.Get(code);
        return new(facts.Code, facts.Phrase, facts.Class, language.Text(code).Summary);
    }

    internal static IReadOnlyList<CodeLink> To(IEnumerable<int> codes, Language language) =>
        [.. codes.Select(code => To(code, language))];
}
