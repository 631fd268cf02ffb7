using System.Text.Json;
using Ringfence.Screening.Refusal;

namespace Ringfence.Edge.Web.Desk;

/// <summary>The words of the pages for refused callers and for the operator who answers them.</summary>
internal static class DeskTexts
{
    private static readonly Dictionary<string, Dictionary<string, string>> All = JsonSerializer.Deserialize<
        Dictionary<string, Dictionary<string, string>>
    >(WebAsset.Get("why.json").Content)!;

    internal static string Get(string language, string key) => All[language][key];

    /// <summary>The keys that a language has.</summary>
    internal static IReadOnlyCollection<string> Keys(string language) => All[language].Keys;

    /// <summary>True for a language that these pages have.</summary>
    internal static bool IsThere(string? language) =>
        language is not null && RedressAdvice.Languages.Contains(language);
}
