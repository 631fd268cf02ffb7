using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Ladder;

namespace Ringfence.Diagnosis.Report;

/// <summary>
/// Two ladders with their rows laid side by side. What is on the first hop decides which rows answer to each other; what is on further hops,
/// and media, is laid between them.
/// </summary>
internal sealed class ComparedLadders
{
    // The table of the alignment grows with the square.
    private const int Most = 500;

    private ComparedLadders(CallLadder good, CallLadder bad) => (Good, Bad) = (good, bad);

    public CallLadder Good { get; }

    public CallLadder Bad { get; }

    /// <summary>The rows from top to bottom; every arrow of both ladders is in one of them.</summary>
    public List<ComparedRow> Rows { get; } = [];

    /// <summary>Index of the first row of the first hop where one of them has nothing; -1 if there is none.</summary>
    public int PartsAt => Rows.FindIndex(row => row.IsFirstHop && (row.Good < 0 || row.Bad < 0));

    public static ComparedLadders Of(ComparedCall good, ComparedCall bad, string language)
    {
        var both = new ComparedLadders(good.Ladder(language), bad.Ladder(language));
        var (left, right) = (FirstHop(good.Call, both.Good), FirstHop(bad.Call, both.Bad));
        var (g, b) = (0, 0);
        foreach (var (l, r) in both.Align(left, right, IsAlike))
        {
            var (untilGood, untilBad) = (l < 0 ? g : left[l], r < 0 ? b : right[r]);
            both.Between(g, untilGood, b, untilBad);
            both.Rows.Add(new ComparedRow(l < 0 ? -1 : untilGood, r < 0 ? -1 : untilBad, IsFirstHop: true));
            (g, b) = (l < 0 ? g : untilGood + 1, r < 0 ? b : untilBad + 1);
        }

        both.Between(g, both.Good.Arrows.Count, b, both.Bad.Arrows.Count);
        return both;
    }

    private static List<int> FirstHop(Call call, CallLadder ladder)
    {
        HashSet<TraceMessage> hop = [.. call.FirstHop];
        return
        [
            .. Enumerable
                .Range(0, ladder.Arrows.Count)
                .Where(i => ladder.Arrows[i].Source is { } message && hop.Contains(message))
                .Take(Most),
        ];
    }

    private void Between(int good, int untilGood, int bad, int untilBad)
    {
        int[] left = [.. Enumerable.Range(good, untilGood - good).Take(Most)];
        int[] right = [.. Enumerable.Range(bad, untilBad - bad).Take(Most)];
        foreach (var (l, r) in Align(left, right, IsAlikeInPlace))
        {
            Rows.Add(new ComparedRow(l < 0 ? -1 : left[l], r < 0 ? -1 : right[r], IsFirstHop: false));
        }

        Rows.AddRange(Rest(good + left.Length, untilGood).Select(i => new ComparedRow(i, -1, IsFirstHop: false)));
        Rows.AddRange(Rest(bad + right.Length, untilBad).Select(i => new ComparedRow(-1, i, IsFirstHop: false)));

        static IEnumerable<int> Rest(int from, int until) => Enumerable.Range(from, Math.Max(0, until - from));
    }

    // The longest common sequence of what the messages are.
    private List<(int Good, int Bad)> Align(
        IReadOnlyList<int> good,
        IReadOnlyList<int> bad,
        Func<LadderArrow, LadderArrow, bool> isAlike
    )
    {
        var longest = new int[good.Count + 1, bad.Count + 1];
        for (var i = good.Count - 1; i >= 0; i--)
        {
            for (var j = bad.Count - 1; j >= 0; j--)
            {
                longest[i, j] = isAlike(Good.Arrows[good[i]], Bad.Arrows[bad[j]])
                    ? 1 + longest[i + 1, j + 1]
                    : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        List<(int Good, int Bad)> pairs = [];
        var (a, b) = (0, 0);
        while (a < good.Count || b < bad.Count)
        {
            if (a < good.Count && b < bad.Count && isAlike(Good.Arrows[good[a]], Bad.Arrows[bad[b]]))
            {
                pairs.Add((a++, b++));
            }
            else if (b == bad.Count || (a < good.Count && longest[a + 1, b] >= longest[a, b + 1]))
            {
                pairs.Add((a++, -1));
            }
            else
            {
                pairs.Add((-1, b++));
            }
        }

        return pairs;
    }

    // Method or status, the method that is answered, and whether a response describes a session; that of a request is a difference in it.
    private static bool IsAlike(LadderArrow good, LadderArrow bad) =>
        (good.Source, bad.Source) is ({ } left, { } right)
            ? left.Status == right.Status
                && left.CSeqMethod == right.CSeqMethod
                && left.Request?.Method == right.Request?.Method
                && (left.Request is not null || good.HasSdp == bad.HasSdp)
            : good.Source is null && bad.Source is null;

    private static bool IsAlikeInPlace(LadderArrow good, LadderArrow bad) =>
        good.From == bad.From && good.To == bad.To && IsAlike(good, bad);
}
