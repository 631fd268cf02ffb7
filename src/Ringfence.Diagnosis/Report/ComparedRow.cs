using Ringfence.Diagnosis.Ladder;

namespace Ringfence.Diagnosis.Report;

/// <summary>A row of two ladders that lie side by side: messages that answer to each other, or one alone.</summary>
/// <param name="Good">Index of the arrow in the ladder of the good call; -1 for none.</param>
/// <param name="Bad">Index of the arrow in the ladder of the bad call; -1 for none.</param>
/// <param name="IsFirstHop">Whether it is of the first hop, by which the calls are compared.</param>
internal readonly record struct ComparedRow(int Good, int Bad, bool IsFirstHop)
{
    public LadderArrow? GoodOf(CallLadder ladder) => Good < 0 ? null : ladder.Arrows[Good];

    public LadderArrow? BadOf(CallLadder ladder) => Bad < 0 ? null : ladder.Arrows[Bad];
}
