using System.Globalization;

namespace Ringfence.Codes;

/// <summary>Lays a comparison out as blocks.</summary>
internal static class ComparisonBlocks
{
    public static IEnumerable<Block> Of(Comparison comparison)
    {
        var language = Language.Load(comparison.Language);
        return
        [
            new Block.Heading(1, comparison.Title),
            new Block.Paragraph(comparison.Verdict),
            .. (comparison.Written?.Text ?? []).Select(paragraph => new Block.Paragraph(paragraph)),
            new Block.Heading(2, language.Heading("difference")),
            Differences(comparison),
            .. Same(comparison, language),
            new Block.Heading(2, language.Heading("which")),
            new Block.Paragraph(comparison.WhichToSend),
            .. Sides(comparison, language),
            .. Ladders(comparison, language),
            .. Related(comparison, language),
        ];
    }

    private static Block.Table Differences(Comparison comparison) =>
        new(
            [
                ["", Name(comparison.A), Name(comparison.B)],
                .. comparison.Differences.Select(d => (IReadOnlyList<string>)[d.Heading, d.A, d.B]),
            ],
            Language.Load(comparison.Language)
        );

    private static IEnumerable<Block> Same(Comparison comparison, Language language)
    {
        if (comparison.Same.Count > 0)
        {
            yield return new Block.Heading(2, language.Heading("same"));
            yield return new Block.Items([.. comparison.Same.Select(s => language.Line(s.Heading, s.Text))]);
        }
    }

    private static IEnumerable<Block> Sides(Comparison comparison, Language language)
    {
        ComparedCode[] both = [comparison.A, comparison.B];
        yield return new Block.Heading(2, language.Heading("meaning"));
        foreach (var code in both)
        {
            yield return new Block.Heading(3, Name(code));
            yield return new Block.Paragraph(code.Description);
        }
        yield return new Block.Heading(2, language.Heading("seen"));
        foreach (var code in both)
        {
            yield return new Block.Heading(3, Name(code));
            yield return new Block.Items(code.Seen);
        }
        yield return new Block.Heading(2, language.Heading("resolve"));
        foreach (var code in both)
        {
            yield return new Block.Heading(3, Name(code));
            yield return new Block.Items([
                .. ArticleBlocks
                    .Sides(code.Resolve)
                    .SelectMany(side => side.Steps.Select(step => language.Line(language.Heading(side.Side), step))),
            ]);
        }
    }

    private static IEnumerable<Block> Ladders(Comparison comparison, Language language)
    {
        yield return new Block.Heading(2, language.Heading("ladder"));
        yield return new Block.Paragraph(comparison.PartsAt);
        foreach (var code in (ComparedCode[])[comparison.A, comparison.B])
        {
            yield return new Block.Heading(3, Name(code));
            yield return new Block.Shaped(width =>
                LadderDrawing.Lines(code.Ladder, width, language, comparison.CommonSteps)
            );
        }
    }

    private static IEnumerable<Block> Related(Comparison comparison, Language language)
    {
        if (comparison.Related.Count > 0)
        {
            yield return new Block.Heading(2, language.Heading("more-pairs"));
            yield return new Block.Items([.. comparison.Related.Select(pair => pair.Title)]);
        }
    }

    private static string Name(ComparedCode code) =>
        string.Create(CultureInfo.InvariantCulture, $"{code.Code} {code.Phrase}");
}
