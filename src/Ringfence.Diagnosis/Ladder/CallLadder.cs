namespace Ringfence.Diagnosis.Ladder;

/// <summary>One call as a picture: columns, and arrows between them in order of time.</summary>
/// <param name="Hosts">The columns from left to right.</param>
/// <param name="Arrows">The arrows, earliest first.</param>
public sealed record CallLadder(IReadOnlyList<LadderHost> Hosts, IReadOnlyList<LadderArrow> Arrows)
{
    /// <summary>Runs of media, drawn as bands between their columns.</summary>
    public IReadOnlyList<LadderSpan> Spans { get; init; } = [];

    /// <summary>Digits and RTCP reports.</summary>
    public IReadOnlyList<LadderTick> Ticks { get; init; } = [];

    /// <summary>Early dialogs that compete, drawn as lanes beside their host; empty where there is one only.</summary>
    public IReadOnlyList<LadderFork> Forks { get; init; } = [];

    /// <summary>Reliable provisional responses with their PRACK.</summary>
    public IReadOnlyList<LadderBracket> Brackets { get; init; } = [];

    /// <summary>The words of its language, which write its figures.</summary>
    internal LadderWords Words { get; init; } = LadderWords.In("en");

    /// <summary>The same ladder with each message that was sent again within 40 s folded into a count on its first arrow.</summary>
    public CallLadder Folded()
    {
        List<LadderArrow> folded = [];
        foreach (LadderArrow arrow in Arrows)
        {
            int at = folded.FindLastIndex(earlier =>
                earlier.From == arrow.From
                && earlier.To == arrow.To
                && earlier.Label == arrow.Label
                && earlier.Identity == arrow.Identity
                && arrow.At - earlier.At < TimeSpan.FromSeconds(40)
            );
            bool answered =
                at >= 0
                && folded
                    .Skip(at + 1)
                    .Any(between =>
                        between.From == arrow.To && between.To == arrow.From && IsOfOneTransaction(between, arrow)
                    );
            if (at >= 0 && !answered)
            {
                folded[at] = folded[at] with { Repeats = folded[at].Repeats + 1 };
            }
            else
            {
                folded.Add(arrow);
            }
        }

        return this with
        {
            Arrows = folded,
        };
    }

    // What is sent on after its answer is worth an arrow of its own; what only crossed with something else is not.
    private static bool IsOfOneTransaction(LadderArrow between, LadderArrow arrow) =>
        between.Label == "PRACK" || Number(between.CSeq).SequenceEqual(Number(arrow.CSeq));

    private static ReadOnlySpan<char> Number(string cseq) =>
        cseq.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? cseq.AsSpan(0, space) : cseq;
}
