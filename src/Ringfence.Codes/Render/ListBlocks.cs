using System.Globalization;

namespace Ringfence.Codes;

/// <summary>Lays lists of codes and the decision table out as blocks.</summary>
internal static class ListBlocks
{
    public static IEnumerable<Block> OfCodes(IEnumerable<CodeLink> codes, Language language) =>
        codes
            .GroupBy(code => code.Class)
            .SelectMany(group =>
                (Block[])
                    [
                        new Block.Heading(2, language.Heading($"class-{(int)group.Key}")),
                        new Block.Items([.. group.Select(link => ArticleBlocks.Line(link, language))]),
                    ]
            );

    public static IEnumerable<Block> OfDecisions(IEnumerable<DecisionAnswer> answers, Language language) =>
        [
            new Block.Heading(1, language.Heading("decide")),
            new Block.Table(
                [
                    [
                        language.Heading("who"),
                        language.Heading("why"),
                        language.Heading("whom"),
                        language.Heading("answer"),
                    ],
                    .. answers.Select(a => (IReadOnlyList<string>)[a.Who, a.Why, a.Whom, Send(a, language)]),
                ],
                language
            ),
        ];

    private static string Send(DecisionAnswer answer, Language language) =>
        string.Join($" {language.Heading("also")} ", answer.Also.Prepend(answer.Send).Select(Name));

    private static string Name(CodeLink link) =>
        string.Create(CultureInfo.InvariantCulture, $"{link.Code} {link.Phrase}");
}
