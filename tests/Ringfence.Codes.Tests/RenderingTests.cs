using System.Text.Json;

namespace Ringfence.Codes.Tests;

public sealed class RenderingTests
{
    private static readonly Language English = Language.Load("en");

    public static TheoryData<string> Languages => Data.Languages;

    private static readonly (int One, int Other)[] Pairs =
    [
        (183, 607),
        (180, 183),
        (603, 607),
        (486, 600),
        (401, 407),
        (404, 604),
        (436, 438),
        (408, 480),
        (100, 183),
        (607, 608),
    ];

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public void Plain_text_is_never_wider_than_the_terminal(int width)
    {
        foreach (var language in Language.Available.Select(name => Language.Load(name.Code)))
        {
            foreach (var facts in CodeCatalogue.All)
            {
                Widest(CodeRendering.ToText(CodeArticle.Of(facts.Code, language), width))
                    .ShouldBeLessThanOrEqualTo(width, $"{facts.Code}");
            }
            foreach (var (one, other) in Pairs)
            {
                Widest(CodeRendering.ToText(Comparison.Of(one, other, language), width))
                    .ShouldBeLessThanOrEqualTo(width, $"{language.Code} {one}/{other}");
            }
            Widest(CodeRendering.ToText(DecisionTable.In(language), language, width)).ShouldBeLessThanOrEqualTo(width);
            Widest(CodeRendering.ToText(Links(language), language, width)).ShouldBeLessThanOrEqualTo(width);
        }
    }

    [Fact]
    public void A_terminal_narrower_than_40_counts_as_40() =>
        CodeRendering
            .ToText(Comparison.Of(183, 607, English), -1)
            .ShouldBe(CodeRendering.ToText(Comparison.Of(183, 607, English), 40));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Articles_and_comparisons_are_JSON_with_stable_members(string code)
    {
        var language = Language.Load(code);
        var article = JsonDocument.Parse(CodeRendering.ToJson(CodeArticle.Of(607, language))).RootElement;
        article
            .EnumerateObject()
            .Select(p => p.Name)
            .ShouldBe([
                "language",
                "code",
                "phrase",
                "class",
                "status",
                "statusText",
                "defined",
                "chips",
                "text",
                "facts",
                "next",
                "headers",
                "q850",
                "software",
                "phrases",
                "message",
                "ladder",
                "confusedWith",
                "related",
                "sources",
            ]);
        article.GetProperty("class").GetString().ShouldBe("global-failure");
        article.GetProperty("language").GetString().ShouldBe(code);
        var comparison = JsonDocument.Parse(CodeRendering.ToJson(Comparison.Of(183, 607, language))).RootElement;
        comparison
            .EnumerateObject()
            .Select(p => p.Name)
            .ShouldBe([
                "language",
                "title",
                "verdict",
                "written",
                "a",
                "b",
                "differences",
                "same",
                "whichToSend",
                "commonSteps",
                "partsAt",
                "related",
            ]);
        JsonDocument
            .Parse(CodeRendering.ToJson(DecisionTable.In(language)))
            .RootElement.GetArrayLength()
            .ShouldBe(DecisionTable.Rows.Count);
        JsonDocument
            .Parse(CodeRendering.ToJson(Links(language)))
            .RootElement.GetArrayLength()
            .ShouldBe(CodeCatalogue.All.Count);
    }

    [Fact]
    public void Letters_stay_readable_in_JSON() =>
        CodeRendering.ToJson(CodeArticle.Of(607, English)).ShouldContain("RFC 8197 §4");

    [Fact]
    public void Markdown_has_the_sections_in_order()
    {
        var headings = CodeRendering
            .ToMarkdown(CodeArticle.Of(607, English))
            .Split('\n')
            .Where(line =>
                line.StartsWith("# ", StringComparison.Ordinal) || line.StartsWith("## ", StringComparison.Ordinal)
            )
            .ToList();
        headings[0].ShouldBe("# 607 Unwanted");
        headings.ShouldContain("## How to resolve it");
        headings[^1].ShouldBe("## Sources");
    }

    [Fact]
    public void Markdown_escapes_what_would_be_markup()
    {
        MarkdownBlocks.Write([new Block.Paragraph("a*b_c`d<e\\f")]).ShouldBe("a\\*b\\_c\\`d&lt;e\\\\f\n");
        MarkdownBlocks
            .Write([
                new Block.Table(
                    [
                        ["a|b"],
                        ["c"],
                    ],
                    English
                ),
            ])
            .ShouldBe("| a\\|b |\n| --- |\n| c |\n");
    }

    [Fact]
    public void A_ladder_is_drawn_with_an_arrow_a_line_and_captions_below()
    {
        var ladder = new WordedLadder(
            ["Caller", "Proxy"],
            [
                new(0, 1, "INVITE", "the call is placed", true, null, null),
                new(1, 0, "607 Unwanted", null, false, null, null),
            ]
        );
        LadderDrawing
            .Lines(ladder, 60, English, mark: 1)
            .ShouldBe([
                "    Caller                     Proxy",
                " 1  │───────INVITE (SDP)──────▶│",
                " 2► │◀──────607 Unwanted───────│",
                "",
                " 1  the call is placed",
            ]);
    }

    [Theory]
    [InlineData("", 10, new[] { "" })]
    [InlineData("one two", 3, new[] { "one", "two" })]
    [InlineData("one two", 7, new[] { "one two" })]
    [InlineData("abcdefgh ij", 4, new[] { "abcd", "efgh", "ij" })]
    public void Text_is_broken_at_spaces_and_long_words_are_cut(string text, int width, string[] lines) =>
        TextWrap.Lines(text, width).ShouldBe(lines);

    private static int Widest(string text) => text.Split('\n').Max(line => line.Length);

    private static CodeLink[] Links(Language language) =>
        [.. CodeCatalogue.All.Select(f => CodeLink.To(f.Code, language))];
}
