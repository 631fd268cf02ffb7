using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Ringfence.Screening.Rules;

/// <summary>One sentence in the languages that its author gave.</summary>
/// <param name="ByLanguage">The sentence by two-letter language code.</param>
[method: JsonConstructor]
public sealed record LocalText(ImmutableSortedDictionary<string, string> ByLanguage)
{
    /// <summary>A sentence in English alone.</summary>
    public LocalText(string english)
        : this(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("en", english)) { }

    /// <summary>The sentence in that language, else in English, else in any.</summary>
    public string For(string language) =>
        ByLanguage.TryGetValue(language, out var text) || ByLanguage.TryGetValue("en", out text)
            ? text
            : ByLanguage.Values.FirstOrDefault("");
}
