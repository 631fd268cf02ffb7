using System.Text.Json;

namespace Ringfence.Edge.Web;

/// <summary>The words of the pages themselves, by language; what is said of codes comes from their own catalogue.</summary>
internal static class WebLabels
{
    private static readonly Dictionary<string, Dictionary<string, string>> All = JsonSerializer.Deserialize<
        Dictionary<string, Dictionary<string, string>>
    >(WebAsset.Get("labels.json").Content)!;

    /// <summary>A word; a language without it is a mistake of the data that a test names.</summary>
    internal static string Get(string language, string key) => All[language][key];

    /// <summary>The keys that a language has.</summary>
    internal static IReadOnlyCollection<string> Keys(string language) =>
        All.TryGetValue(language, out Dictionary<string, string>? words) ? words.Keys : [];
}
