using System.Globalization;

namespace Ringfence.Codes;

/// <summary>Compares the facts of two codes and words the result.</summary>
internal sealed class ComparisonWriter(CodeFacts a, CodeFacts b, Language language)
{
    private const int MostRelated = 8;

    private readonly string nameA = Name(a.Code);
    private readonly string nameB = Name(b.Code);

    public Comparison Write()
    {
        var pair = new CodePair(a.Code, b.Code);
        var written = language.Text(pair);
        var common = CommonSteps();
        return new()
        {
            Language = language.Code,
            Title = Title(pair),
            Verdict = written?.Verdict ?? Verdict(),
            Written = written,
            A = ComparedCode.Of(a, language),
            B = ComparedCode.Of(b, language),
            Differences = [Meaning(), .. AxisDifferences(), .. ListDifferences()],
            Same = [.. SameFacts()],
            WhichToSend = written?.Choose ?? SendWhen(),
            CommonSteps = common,
            PartsAt = PartsAt(common),
            Related = Related(pair),
        };
    }

    private string Verdict() =>
        language.Heading(
            "verdict",
            ("a", nameA),
            ("b", nameB),
            ("saysA", language.Text(a.Code).Says),
            ("saysB", language.Text(b.Code).Says)
        );

    private Difference Meaning() =>
        new(
            "says",
            language.Labels.Axes["says"],
            language.Text(a.Code).Says,
            language.Text(b.Code).Says,
            Verdict(),
            Join([a.Defined], [b.Defined])
        );

    private string SendWhen() =>
        language.Heading(
            "send-when",
            ("a", nameA),
            ("b", nameB),
            ("whenA", language.Text(a.Code).SendWhen),
            ("whenB", language.Text(b.Code).SendWhen)
        );

    private IEnumerable<Difference> AxisDifferences() =>
        from axis in Axis.All
        where Differs(axis) && !FollowsFromClass(axis)
        let wordA = axis.Word(a, language)
        let wordB = axis.Word(b, language)
        select new Difference(
            axis.Name,
            language.Labels.Axes[axis.Name],
            wordA.Short,
            wordB.Short,
            language.Heading(
                "says-pair",
                ("a", nameA),
                ("b", nameB),
                ("saysA", wordA.Says ?? wordA.Short),
                ("saysB", wordB.Says ?? wordB.Short)
            ),
            Join(axis.Sources(a), axis.Sources(b))
        );

    private bool Differs(Axis axis) => axis.Value(a) != axis.Value(b);

    /// <summary>A provisional response has no weight among final ones: the class line has said so already.</summary>
    private bool FollowsFromClass(Axis axis) => axis.Name == "best" && a.IsFinal != b.IsFinal;

    private IEnumerable<WordedFact> SameFacts() =>
        from axis in Axis.All
        where !Differs(axis)
        select new WordedFact(
            axis.Name,
            language.Labels.Axes[axis.Name],
            axis.Word(a, language).Short,
            Join(axis.Sources(a), axis.Sources(b))
        );

    private IEnumerable<Difference> ListDifferences()
    {
        ArticleWriter writerA = new(a, language);
        ArticleWriter writerB = new(b, language);
        (string Axis, string A, string B, IReadOnlyList<string> Sources)[] lists =
        [
            ("methods", writerA.MethodList(), writerB.MethodList(), Join(a.Methods.Sources, b.Methods.Sources)),
            ("senders", writerA.SenderList(), writerB.SenderList(), Join(a.Senders.Sources, b.Senders.Sources)),
            ("headers", MustHeaders(a), MustHeaders(b), Join(HeaderSources(a), HeaderSources(b))),
            (
                "q850",
                writerA.CauseTowardsIsup(),
                writerB.CauseTowardsIsup(),
                Join(a.Q850.To?.Sources ?? [], b.Q850.To?.Sources ?? [])
            ),
        ];
        return lists
            .Where(list => list.A != list.B)
            .Select(list => new Difference(
                list.Axis,
                language.Labels.Axes[list.Axis],
                list.A,
                list.B,
                Sentence: null,
                list.Sources
            ));
    }

    /// <summary>The header fields that are always demanded, or a dash.</summary>
    private static string MustHeaders(CodeFacts facts)
    {
        var names = facts.Headers.Where(h => h is { Need: HeaderNeed.Must, When: null }).Select(h => h.Name);
        var list = string.Join(", ", names);
        return list.Length == 0 ? "–" : list;
    }

    private static IReadOnlyList<string> HeaderSources(CodeFacts facts) =>
        [.. facts.Headers.Where(h => h is { Need: HeaderNeed.Must, When: null }).SelectMany(h => h.Sources)];

    private int CommonSteps()
    {
        var (arrowsA, arrowsB) = (a.Ladder.Arrows, b.Ladder.Arrows);
        var most = Math.Min(arrowsA.Count, arrowsB.Count);
        var common = 0;
        while (common < most && Same(arrowsA[common], arrowsB[common]))
        {
            common++;
        }
        return common;
    }

    private bool Same(LadderArrow one, LadderArrow other) =>
        one.Message == other.Message
        && a.Ladder.Participants[one.From] == b.Ladder.Participants[other.From]
        && a.Ladder.Participants[one.To] == b.Ladder.Participants[other.To];

    private string PartsAt(int common)
    {
        if (common == 0)
        {
            return language.Heading("parts-at-once");
        }
        return OnlyTheCodeDiffers()
            ? language.Heading("parts-never")
            : language.Heading("parts-at", ("n", Name(common + 1)));
    }

    private bool OnlyTheCodeDiffers() =>
        a.Ladder.Arrows.Count == b.Ladder.Arrows.Count
        && a.Ladder.Arrows.Zip(b.Ladder.Arrows)
            .All(step =>
                Same(step.First, step.Second)
                || (
                    IsOwn(step.First, nameA)
                    && IsOwn(step.Second, nameB)
                    && Same(step.First with { Message = "" }, step.Second with { Message = "" })
                )
            );

    private static bool IsOwn(LadderArrow arrow, string code) =>
        arrow.Message.StartsWith(code, StringComparison.Ordinal);

    private RelatedPair[] Related(CodePair pair) =>
        [
            .. Neighbours(a)
                .Concat(Neighbours(b))
                .Where(other => other != pair)
                .Distinct()
                .OrderBy(other => language.Text(other) is null)
                .Take(MostRelated)
                .Select(other => new RelatedPair(other.Lower, other.Higher, Title(other))),
        ];

    private static IEnumerable<CodePair> Neighbours(CodeFacts facts) =>
        facts.ConfusedWith.Concat(facts.Related).Select(other => new CodePair(facts.Code, other));

    private string Title(CodePair pair) =>
        language.Heading("versus", ("a", Full(pair.Lower)), ("b", Full(pair.Higher)));

    private static string Full(int code) => $"{Name(code)} {CodeCatalogue.Get(code).Phrase}";

    private static string Name(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string[] Join(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        [.. one.Concat(other).Distinct(StringComparer.Ordinal)];
}
