using System.Collections.Frozen;
using System.Text.Json;

namespace Ringfence.Screening;

/// <summary>Sentences by key and language, from an embedded data file.</summary>
internal sealed class LocalTexts
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _byKey;

    private LocalTexts(FrozenDictionary<string, FrozenDictionary<string, string>> byKey) => _byKey = byKey;

    /// <summary>The languages that every sentence has.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "fr", "es", "de"];

    public IEnumerable<string> Keys => _byKey.Keys;

    public static LocalTexts Load(string file)
    {
        using var stream = Embedded.Open(file);
        using var document = JsonDocument.Parse(stream);
        return new LocalTexts(
            document
                .RootElement.EnumerateObject()
                .ToFrozenDictionary(
                    p => p.Name,
                    p =>
                        p.Value.EnumerateObject()
                            .ToFrozenDictionary(t => t.Name, t => t.Value.GetString()!, StringComparer.Ordinal),
                    StringComparer.Ordinal
                )
        );
    }

    /// <summary>The sentence in that language, else in English.</summary>
    public string Of(string key, string language) =>
        _byKey[key].TryGetValue(language, out var text) ? text : _byKey[key]["en"];
}
