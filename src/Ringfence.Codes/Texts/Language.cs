using System.Collections.Concurrent;
using System.Globalization;

namespace Ringfence.Codes;

/// <summary>The reference in one language. Loaded when asked for, kept from then on; never falls back to another one.</summary>
public sealed class Language
{
    private static readonly ConcurrentDictionary<string, Language> Loaded = new(StringComparer.Ordinal);

    private readonly Dictionary<int, CodeText> texts;
    private readonly Dictionary<CodePair, PairText> pairs;

    private Language(LanguageName name)
    {
        (Code, Name) = (name.Code, name.Name);
        var faults = LanguageCheck.Faults(Code);
        if (faults.Count > 0)
        {
            throw new IncompleteLanguageException(Code, faults);
        }
        Labels = LanguageCheck.ReadLabels(Code);
        Decision = LanguageCheck.ReadDecision(Code);
        texts = CodeCatalogue.All.ToDictionary(
            facts => facts.Code,
            facts => DataFile.Read($"codes/texts/{Code}/{facts.Code}.json", CodesJsonContext.Default.CodeText)
        );
        pairs = CodePair
            .Written(Code)
            .ToDictionary(pair => pair, pair => DataFile.Read(pair.TextFile(Code), CodesJsonContext.Default.PairText));
    }

    /// <summary>The languages that are complete, the one of writing first.</summary>
    public static IReadOnlyList<LanguageName> Available { get; } =
        DataFile.Read("codes/languages.json", CodesJsonContext.Default.LanguageNameArray);

    /// <summary>Language tag (<c>fr</c>).</summary>
    public string Code { get; }

    /// <summary>Its name in itself (<c>Français</c>).</summary>
    public string Name { get; }

    internal Labels Labels { get; }

    internal DecisionWords Decision { get; }

    /// <summary>Loads a language, or returns it if it is loaded.</summary>
    /// <param name="code">Language tag, one of <see cref="Available"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such language.</exception>
    /// <exception cref="IncompleteLanguageException">The language lacks texts; the exception names them.</exception>
    public static Language Load(string code) =>
        Loaded.GetOrAdd(
            code,
            static code => new Language(
                Available.FirstOrDefault(name => name.Code == code)
                    ?? throw new ArgumentOutOfRangeException(nameof(code), code, "no such language")
            )
        );

    /// <summary>What is written about a code.</summary>
    /// <param name="code">Status code of the catalogue.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code is not in the catalogue.</exception>
    public CodeText Text(int code) => texts[CodeCatalogue.Get(code).Code];

    /// <summary>The written comparison of two codes, or null if they have none.</summary>
    /// <param name="pair">The two codes.</param>
    public PairText? Text(CodePair pair) => pairs.GetValueOrDefault(pair);

    /// <summary>A heading of the reference, such as <c>causes</c> or <c>resolve</c>.</summary>
    /// <param name="key">Key of the labels <c>ui</c>.</param>
    public string Heading(string key) => Labels.Ui[key];

    internal string Heading(string key, params ReadOnlySpan<(string Name, string Value)> parts) =>
        Fill(Labels.Ui[key], parts);

    /// <summary>"Heading: text", with the language's own space before the colon.</summary>
    internal string Line(string heading, string text) => heading + Labels.Ui["colon"] + text;

    /// <summary>Clauses in one line.</summary>
    internal string Clauses(IEnumerable<string> clauses) => string.Join(Labels.Ui["semicolon"], clauses);

    internal Wording Word(string axis, string key) => Labels.Values[axis][key];

    internal string CauseWords(string template, int cause) =>
        Heading(
            template,
            ("n", cause.ToString(CultureInfo.InvariantCulture)),
            ("name", CodeCatalogue.CauseName(cause) ?? "?")
        );

    private static string Fill(string template, ReadOnlySpan<(string Name, string Value)> parts)
    {
        foreach (var (name, value) in parts)
        {
            template = template.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }
        return template;
    }
}
