using System.Text.Json;

namespace Ringfence.Codes;

/// <summary>Renders articles, comparisons, lists and decisions as text for a terminal, as Markdown or as JSON.</summary>
public static class CodeRendering
{
    private const int NarrowestTerminal = 40;

    /// <summary>An article as plain text.</summary>
    /// <param name="article">The article.</param>
    /// <param name="width">Width of the terminal in characters; less than 40 counts as 40.</param>
    public static string ToText(CodeArticle article, int width) => Text(ArticleBlocks.Of(article), width);

    /// <summary>A comparison as plain text.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="width">Width of the terminal in characters; less than 40 counts as 40.</param>
    public static string ToText(Comparison comparison, int width) => Text(ComparisonBlocks.Of(comparison), width);

    /// <summary>A list of codes, by class, as plain text.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="language">Language of the headings.</param>
    /// <param name="width">Width of the terminal in characters; less than 40 counts as 40.</param>
    public static string ToText(IEnumerable<CodeLink> codes, Language language, int width) =>
        Text(ListBlocks.OfCodes(codes, language), width);

    /// <summary>The decision table as plain text.</summary>
    /// <param name="answers">Rows of the table.</param>
    /// <param name="language">Language of the headings.</param>
    /// <param name="width">Width of the terminal in characters; less than 40 counts as 40.</param>
    public static string ToText(IEnumerable<DecisionAnswer> answers, Language language, int width) =>
        Text(ListBlocks.OfDecisions(answers, language), width);

    /// <summary>An article as Markdown.</summary>
    /// <param name="article">The article.</param>
    public static string ToMarkdown(CodeArticle article) => MarkdownBlocks.Write(ArticleBlocks.Of(article));

    /// <summary>A comparison as Markdown.</summary>
    /// <param name="comparison">The comparison.</param>
    public static string ToMarkdown(Comparison comparison) => MarkdownBlocks.Write(ComparisonBlocks.Of(comparison));

    /// <summary>A list of codes, by class, as Markdown.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="language">Language of the headings.</param>
    public static string ToMarkdown(IEnumerable<CodeLink> codes, Language language) =>
        MarkdownBlocks.Write(ListBlocks.OfCodes(codes, language));

    /// <summary>The decision table as Markdown.</summary>
    /// <param name="answers">Rows of the table.</param>
    /// <param name="language">Language of the headings.</param>
    public static string ToMarkdown(IEnumerable<DecisionAnswer> answers, Language language) =>
        MarkdownBlocks.Write(ListBlocks.OfDecisions(answers, language));

    /// <summary>An article as JSON; the members are those of <see cref="CodeArticle"/>, camelCase.</summary>
    /// <param name="article">The article.</param>
    public static string ToJson(CodeArticle article) =>
        JsonSerializer.Serialize(article, RenderingJsonContext.Readable.CodeArticle);

    /// <summary>A comparison as JSON; the members are those of <see cref="Comparison"/>, camelCase.</summary>
    /// <param name="comparison">The comparison.</param>
    public static string ToJson(Comparison comparison) =>
        JsonSerializer.Serialize(comparison, RenderingJsonContext.Readable.Comparison);

    /// <summary>A list of codes as JSON.</summary>
    /// <param name="codes">The codes.</param>
    public static string ToJson(IEnumerable<CodeLink> codes) =>
        JsonSerializer.Serialize([.. codes], RenderingJsonContext.Readable.CodeLinkArray);

    /// <summary>The decision table as JSON.</summary>
    /// <param name="answers">Rows of the table.</param>
    public static string ToJson(IEnumerable<DecisionAnswer> answers) =>
        JsonSerializer.Serialize([.. answers], RenderingJsonContext.Readable.DecisionAnswerArray);

    private static string Text(IEnumerable<Block> blocks, int width) =>
        new TerminalBlocks(Math.Max(width, NarrowestTerminal)).Write(blocks);
}
