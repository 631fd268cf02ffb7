using System.Globalization;

namespace Ringfence.Codes;

/// <summary>Lays an article out as blocks.</summary>
internal static class ArticleBlocks
{
    public static IEnumerable<Block> Of(CodeArticle article)
    {
        var language = Language.Load(article.Language);
        return
        [
            .. Head(article, language),
            .. Help(article, language),
            .. Tables(article, language),
            .. Wire(article, language),
            .. Links(article, language),
        ];
    }

    private static IEnumerable<Block> Head(CodeArticle article, Language language)
    {
        yield return new Block.Heading(
            1,
            string.Create(CultureInfo.InvariantCulture, $"{article.Code} {article.Phrase}")
        );
        yield return new Block.Paragraph(article.Text.Summary);
        yield return new Block.Paragraph(
            string.Join(
                " · ",
                [.. article.Chips, article.StatusText, language.Line(language.Heading("defined"), article.Defined)]
            )
        );
        yield return new Block.Heading(2, language.Heading("meaning"));
        yield return new Block.Paragraph(article.Text.Description);
        yield return new Block.Heading(2, language.Heading("seen"));
        yield return new Block.Items(article.Text.Seen);
        yield return new Block.Heading(2, language.Heading("causes"));
        yield return new Block.Items(article.Text.Causes, Numbered: true);
    }

    private static IEnumerable<Block> Help(CodeArticle article, Language language)
    {
        yield return new Block.Heading(2, language.Heading("resolve"));
        foreach (var (side, steps) in Sides(article.Text.Resolve))
        {
            yield return new Block.Heading(3, language.Heading(side));
            yield return new Block.Items(steps);
        }
    }

    public static IEnumerable<(string Side, IReadOnlyList<string> Steps)> Sides(ResolveSteps resolve) =>
        [("caller", resolve.Caller), ("operator", resolve.Operator), ("called", resolve.Called)];

    private static IEnumerable<Block> Tables(CodeArticle article, Language language)
    {
        yield return new Block.Heading(2, language.Heading("facts"));
        yield return new Block.Items([
            .. article.Facts.Select(f => language.Line(f.Heading, $"{f.Text} ({SourceList(f.Sources, language)})")),
        ]);
        yield return new Block.Heading(2, language.Heading("next"));
        yield return new Block.Items([
            .. article.Next.Select(n => language.Line(n.Heading, language.Clauses(n.Steps))),
        ]);
        if (article.Headers.Count > 0)
        {
            yield return new Block.Heading(2, language.Heading("headers"));
            yield return new Block.Items([.. article.Headers.Select(h => Header(h, language))]);
        }
        foreach (var (heading, lines) in Lists(article))
        {
            yield return new Block.Heading(2, language.Heading(heading));
            yield return new Block.Items([.. lines.Select(line => language.Line(line.Heading, line.Text))]);
        }
    }

    private static IEnumerable<(string Heading, IReadOnlyList<WordedLine> Lines)> Lists(CodeArticle article) =>
        new[]
        {
            (Heading: "q850", Lines: article.Q850),
            (Heading: "software", Lines: article.Software),
            (Heading: "phrases", Lines: article.Phrases),
        }.Where(list => list.Lines.Count > 0);

    private static string Header(WordedHeader header, Language language)
    {
        var condition = header.When is null ? "" : $", {header.When}";
        return language.Line(header.Name, $"{header.Need}{condition} ({SourceList(header.Sources, language)})");
    }

    private static IEnumerable<Block> Wire(CodeArticle article, Language language)
    {
        yield return new Block.Heading(2, language.Heading("ladder"));
        yield return new Block.Shaped(width => LadderDrawing.Lines(article.Ladder, width, language));
        yield return new Block.Heading(2, language.Heading("message"));
        yield return new Block.Shaped(width =>
            [.. article.Message.Lines.SelectMany(line => TextWrap.Lines(line, width))]
        );
    }

    private static IEnumerable<Block> Links(CodeArticle article, Language language)
    {
        foreach (var (heading, links) in new[] { ("confused", article.ConfusedWith), ("related", article.Related) })
        {
            if (links.Count > 0)
            {
                yield return new Block.Heading(2, language.Heading(heading));
                yield return new Block.Items([.. links.Select(link => Line(link, language))]);
            }
        }
        if (article.Text.Notes.Count > 0)
        {
            yield return new Block.Heading(2, language.Heading("notes"));
            yield return new Block.Items(article.Text.Notes);
        }
        yield return new Block.Heading(2, language.Heading("sources"));
        yield return new Block.Paragraph(SourceList(article.Sources, language));
    }

    public static string Line(CodeLink link, Language language) =>
        language.Line(string.Create(CultureInfo.InvariantCulture, $"{link.Code} {link.Phrase}"), link.Summary);

    private static string SourceList(IReadOnlyList<string> sources, Language language) =>
        string.Join(", ", sources.Select(s => s == "practice" ? language.Heading("practice") : s));
}
