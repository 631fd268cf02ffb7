using System.CommandLine;
using Ringfence.Codes;
using Ringfence.Output;

namespace Ringfence.Commands;

/// <summary>In which language and form the reference is printed.</summary>
internal sealed record CodeOutput(Language Language, bool IsJson, bool IsMarkdown)
{
    private static readonly Option<string> LanguageOption = new("--lang")
    {
        Description = $"Language: {string.Join(", ", Language.Available.Select(name => name.Code))}",
        DefaultValueFactory = _ => "en",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON" };
    private static readonly Option<bool> Markdown = new("--markdown") { Description = "As Markdown" };

    internal static void AddTo(Command command)
    {
        command.Options.Add(LanguageOption);
        command.Options.Add(Json);
        command.Options.Add(Markdown);
    }

    /// <summary>What the user asked for; null, and a word to the user, when there is no such language.</summary>
    internal static CodeOutput? Of(ParseResult parsed)
    {
        string language = parsed.GetValue(LanguageOption)!;
        if (Language.Available.Any(name => name.Code == language))
        {
            return new CodeOutput(Language.Load(language), parsed.GetValue(Json), parsed.GetValue(Markdown));
        }

        Console.Error.WriteLine(
            $"ringfence: --lang {language}: one of {string.Join(", ", Language.Available.Select(name => name.Code))}"
        );
        return null;
    }

    internal void Print(CodeArticle article) =>
        Print(
            () => CodeRendering.ToText(article, Terminal.Width),
            () => CodeRendering.ToMarkdown(article),
            () => CodeRendering.ToJson(article)
        );

    internal void Print(Comparison comparison) =>
        Print(
            () => CodeRendering.ToText(comparison, Terminal.Width),
            () => CodeRendering.ToMarkdown(comparison),
            () => CodeRendering.ToJson(comparison)
        );

    internal void Print(IReadOnlyList<CodeLink> codes) =>
        Print(
            () => CodeRendering.ToText(codes, Language, Terminal.Width),
            () => CodeRendering.ToMarkdown(codes, Language),
            () => CodeRendering.ToJson(codes)
        );

    internal void Print(IReadOnlyList<DecisionAnswer> answers) =>
        Print(
            () => CodeRendering.ToText(answers, Language, Terminal.Width),
            () => CodeRendering.ToMarkdown(answers, Language),
            () => CodeRendering.ToJson(answers)
        );

    private void Print(Func<string> text, Func<string> markdown, Func<string> json) =>
        Console.WriteLine(
            (
                IsJson ? json()
                : IsMarkdown ? markdown()
                : text()
            ).TrimEnd()
        );
}
