using System.Globalization;
using Ringfence.Diagnosis.Ladder;

namespace Ringfence.Diagnosis.Report;

/// <summary>The two ladders of a comparison as pictures whose rows lie at the same height.</summary>
internal sealed class ComparedPicture
{
    private readonly CallComparison _comparison;
    private readonly LadderWords _words;
    private readonly string _language;
    private readonly HashSet<string> _onlyBad;

    public ComparedPicture(CallComparison comparison, LadderWords words, string language)
    {
        (_comparison, _words, _language) = (comparison, words, language);
        _onlyBad = comparison.OnlyBad.Select(finding => finding.Id).ToHashSet(StringComparer.Ordinal);
    }

    public ComparedLadders Ladders => _comparison.Ladders;

    /// <summary>The id of a row.</summary>
    public static string IdOf(int row) => string.Create(CultureInfo.InvariantCulture, $"row{row}");

    /// <summary>The row that shows a frame of the bad call; null where it is not drawn.</summary>
    public string? RowOfBad(long frame) =>
        Ladders.Rows.FindIndex(row => row.BadOf(Ladders.Bad)?.Frame == frame) is >= 0 and var row ? IdOf(row) : null;

    /// <summary>Both ladders, as wide as each other; without anchors as pictures of their own.</summary>
    public ((CallLadder Ladder, SvgOptions Options) Good, (CallLadder Ladder, SvgOptions Options) Bad) Both(
        string? goodAnchor,
        string? badAnchor
    )
    {
        var (good, bad) = (Good(goodAnchor), Bad(badAnchor));
        var width = Math.Max(
            new SvgLayout(good.Ladder, good.Options).Width,
            new SvgLayout(bad.Ladder, bad.Options).Width
        );
        return (
            (good.Ladder, good.Options with { LeastWidth = width }),
            (bad.Ladder, bad.Options with { LeastWidth = width })
        );
    }

    private (CallLadder Ladder, SvgOptions Options) Good(string? anchor) =>
        Side(Ladders.Good, [.. Ladders.Rows.Select(row => row.Good)], _comparison.Good.Name, "compare.good", anchor);

    // The findings that only the bad call has are marked.
    private (CallLadder Ladder, SvgOptions Options) Bad(string? anchor)
    {
        var marks = _comparison
            .OnlyBad.SelectMany(finding => finding.Evidence.Select(evidence => (evidence.Frame, finding.Id)))
            .Distinct()
            .ToLookup(pair => pair.Frame, pair => pair.Id);
        var marked = Ladders.Bad with
        {
            Arrows = [.. Ladders.Bad.Arrows.Select(arrow => arrow with { Findings = [.. marks[arrow.Frame]] })],
        };
        return Side(marked, [.. Ladders.Rows.Select(row => row.Bad)], _comparison.Bad.Name, "compare.bad", anchor);
    }

    private (CallLadder Ladder, SvgOptions Options) Side(
        CallLadder ladder,
        int[] arrows,
        string name,
        string side,
        string? anchor
    )
    {
        var steps = new int[ladder.Arrows.Count];
        foreach (var (row, arrow) in arrows.Index())
        {
            if (arrow >= 0)
            {
                steps[arrow] = row;
            }
        }

        var led = ladder with { Arrows = [.. ladder.Arrows.Select((arrow, i) => arrow with { Row = IdOf(steps[i]) })] };
        return (
            led,
            new SvgOptions
            {
                Title = $"{_words[side]}: {name}",
                Language = _language,
                Anchor = anchor,
                Time = LadderTime.Even,
                Steps = steps,
                Parting = Ladders.PartsAt < 0 ? null : (Ladders.PartsAt, _words["compare.parts"]),
            }
        );
    }
}
