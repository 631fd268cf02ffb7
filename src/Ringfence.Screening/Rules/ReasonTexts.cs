namespace Ringfence.Screening.Rules;

/// <summary>The sentences of reasons by fact and language.</summary>
internal static class ReasonTexts
{
    public static LocalTexts Texts { get; } = LocalTexts.Load("reasons.json");

    /// <summary>"{what its author wrote}: {sentence of the fact} ({what the rule asked for})".</summary>
    public static string Sentence(in Reason reason, string language)
    {
        var sentence = Fill(FactNames.Of(reason.Fact), reason.Observed);
        if (!string.IsNullOrEmpty(reason.Expected))
        {
            sentence += " " + Fill(reason.Negated ? "asked-not" : "asked", reason.Expected);
        }

        return reason.Because is { } because ? $"{because.For(language)}: {sentence}" : sentence;

        string Fill(string key, string? value) =>
            Texts.Of(key, language).Replace("{0}", value ?? "", StringComparison.Ordinal);
    }
}
