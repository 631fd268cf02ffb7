using System.Reflection;
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

    /// <summary>The names in braces, without the forms that follow them.</summary>
    public static IEnumerable<string> Names(string text) =>
        Braces()
            .Matches(text)
            .Select(match => match.Groups[1].Value)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

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
