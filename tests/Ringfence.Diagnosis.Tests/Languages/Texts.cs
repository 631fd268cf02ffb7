using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ringfence.Diagnosis.Findings;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Tests.Languages;

/// <summary>Every text that a report can show in a language, by a key that is the same in all of them.</summary>
internal static partial class Texts
{
    public static IReadOnlyDictionary<string, string> Of(string language)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(found, "findings", Read(typeof(FindingTexts).Assembly, $"findings/{language}.json"));
        Add(found, "ladder", Read(typeof(FindingTexts).Assembly, "ladder/words.json").GetProperty(language));
        foreach (var rule in Enum.GetValues<VerificationRule>())
        {
            found[$"stir.rules.{rule}"] = StepTexts.Title(rule, language);
        }

        foreach (var fault in Enum.GetValues<Fault>().Where(fault => fault != Fault.None))
        {
            found[$"stir.faults.{fault}"] = StepTexts.Finding(fault, language);
        }

        return found;
    }

    /// <summary>The words of pages, reasons and advice: whatever stands under the name of a language in these files.</summary>
    public static IEnumerable<(string Key, string Value)> OfPages(string language, [CallerFilePath] string here = "")
    {
        var data = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "data"));
        string[] files =
        [
            "web/labels.json",
            "web/pages.json",
            "web/why.json",
            "screening/reasons.json",
            "screening/redress.json",
        ];
        foreach (var file in files)
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(data, file)));
            foreach (var text in Under(document.RootElement, language, file, isUnder: false))
            {
                yield return text;
            }
        }
    }

    /// <summary>The names in braces, without the forms that follow them.</summary>
    public static IEnumerable<string> Names(string text) =>
        Braces()
            .Matches(text)
            .Select(match => match.Groups[1].Value)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    private static IEnumerable<(string Key, string Value)> Under(
        JsonElement element,
        string language,
        string key,
        bool isUnder
    ) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(property =>
                    Under(property.Value, language, $"{key} {property.Name}", isUnder || property.Name == language)
                ),
            JsonValueKind.String when isUnder => [(key, element.GetString()!)],
            _ => [],
        };

    private static JsonElement Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    private static void Add(Dictionary<string, string> found, string key, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            found[key] = element.GetString()!;
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            Add(found, $"{key}.{property.Name}", property.Value);
        }
    }

    [GeneratedRegex(@"\{([^}|]*)[^}]*\}")]
    private static partial Regex Braces();
}
