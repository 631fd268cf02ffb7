using System.Text.Json;

namespace Ringfence.Edge.Web.Operate;

/// <summary>The words of the operator's pages.</summary>
internal static class OperatorTexts
{
    private static readonly Dictionary<string, Dictionary<string, string>> All = JsonSerializer.Deserialize<
        Dictionary<string, Dictionary<string, string>>
    >(WebAsset.Get("pages.json").Content)!;

    /// <summary>A text, its names in braces replaced.</summary>
    internal static string Get(string language, string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        string text = All[language][key];
        foreach ((string name, string value) in values)
        {
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>A word of a closed set, such as a verdict; as it is where the set has grown.</summary>
    internal static string Word(string language, string set, string value) =>
        All[language].GetValueOrDefault($"{set}-{value}", value);

    /// <summary>The keys that a language has.</summary>
    internal static IReadOnlyCollection<string> Keys(string language) => All[language].Keys;
}
