using System.Collections.Concurrent;
using System.Text.Json;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Findings;

/// <summary>The words of findings and reports in one language.</summary>
public sealed class FindingTexts
{
    private static readonly ConcurrentDictionary<string, FindingTexts> Loaded = new(StringComparer.Ordinal);

    private readonly IReadOnlyDictionary<string, FindingText> _findings;
    private readonly IReadOnlyDictionary<string, string> _words;

    private FindingTexts(string language, FindingTextFile file) =>
        (Language, _findings, _words) = (language, file.Findings, file.Words);

    /// <summary>The languages there are, as in BCP 47.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "fr", "es", "de"];

    /// <summary>The language of these words.</summary>
    public string Language { get; }

    /// <summary>Every finding that has words here.</summary>
    public IEnumerable<string> Ids => _findings.Keys;

    /// <summary>The words of a language; English where there is no such language.</summary>
    public static FindingTexts In(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        var known = Languages.Contains(language, StringComparer.Ordinal) ? language : "en";
        return Loaded.GetOrAdd(known, static name => Load(name));
    }

    /// <summary>The words of a finding.</summary>
    public FindingText this[string id] => _findings[id];

    /// <summary>A word of the reports, its names in braces replaced.</summary>
    public string Word(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = _words[key];
        if (values.IsEmpty)
        {
            return text;
        }

        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            known[name] = value;
        }

        return TextForms.Fill(text, known.GetValueOrDefault, Language);
    }

    /// <summary>A word as the head of what follows it, with the language's colon: <c>Seen:</c>, <c>Vu :</c>.</summary>
    internal string Head(string key) => _words[key] + _words["colon"];

    /// <summary>What was seen, with the finding's values in it.</summary>
    public string Seen(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var text = this[finding.Id].Seen;
        var seen = Fill(text, finding);

        // A sentence that begins with a word put in; what the trace itself says stays as it was said.
        var isOurs =
            text is ['{', ..]
            && finding.Values.TryGetValue(text[1..text.IndexOf('}', StringComparison.Ordinal)], out var first)
            && _words.ContainsKey($"value.{first}");
        return isOurs ? char.ToUpperInvariant(seen[0]) + seen[1..] : seen;
    }

    /// <summary>A text with the finding's values in it, those that are words in this language.</summary>
    public string Fill(string text, Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return TextForms.Fill(
            text,
            name => finding.Values.TryGetValue(name, out var value) ? Spoken(name, value) : null,
            Language
        );
    }

    // What a rule calls by a name of its own, and what verification calls by the name of a fault.
    private string Spoken(string name, string value) =>
        _words.TryGetValue($"value.{value}", out var word) ? word
        : name is "fault" or "why" or "checked" && Enum.TryParse<Fault>(value, out var fault) && fault != Fault.None
            ? StepTexts.Finding(fault, Language).TrimEnd('.')
        : LocalFigures.Of(value, Language);

    /// <summary>A text with the finding's values in it.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(values);
        return TextForms.Fill(text, values.GetValueOrDefault, "en");
    }

    private static FindingTexts Load(string language)
    {
        using var stream =
            typeof(FindingTexts).Assembly.GetManifestResourceStream($"findings/{language}.json")
            ?? throw new InvalidOperationException($"The words of '{language}' are not embedded.");
        var file =
            JsonSerializer.Deserialize(stream, FindingTextJson.Default.FindingTextFile)
            ?? throw new InvalidOperationException($"The words of '{language}' are empty.");
        return new FindingTexts(language, file);
    }
}
