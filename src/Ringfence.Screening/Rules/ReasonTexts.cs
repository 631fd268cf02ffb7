using System.Collections.Frozen;
using System.Text.Json;

namespace Ringfence.Screening.Rules;

/// <summary>The sentences of reasons by fact and language, from the embedded data file.</summary>
internal static class ReasonTexts
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> ByKey = Load();

    /// <summary>The languages that every sentence has.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "fr", "es", "de"];

    /// <summary>A sentence of the data file by its key.</summary>
    public static string Of(string key, string language) =>
        ByKey[key].TryGetValue(language, out var text) ? text : ByKey[key]["en"];

    public static bool Has(string key) => ByKey.ContainsKey(key);

    /// <summary>"{sentence of the fact} ({what the rule asked for}): {what its author wrote}".</summary>
    public static string Sentence(in Reason reason, string language)
    {
        var sentence = Of(FactNames.Of(reason.Fact), language).Replace("{0}", reason.Observed ?? "", StringComparison.Ordinal);
        if (!string.IsNullOrEmpty(reason.Expected))
        {
            var asked = Of(reason.Negated ? "asked-not" : "asked", language);
            sentence += " " + asked.Replace("{0}", reason.Expected, StringComparison.Ordinal);
        }

        return reason.Because is { } because ? $"{because.For(language)}: {sentence}" : sentence;
    }

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Load()
    {
        using var stream = Embedded.Open("reasons.json");
        using var document = JsonDocument.Parse(stream);
        return document
            .RootElement.EnumerateObject()
            .ToFrozenDictionary(
                p => p.Name,
                p => p.Value.EnumerateObject().ToFrozenDictionary(t => t.Name, t => t.Value.GetString()!, StringComparer.Ordinal),
                StringComparer.Ordinal
            );
    }
}
