namespace Ringfence.Diagnosis.Ladder;

/// <summary>A small event on the line of one host: a digit, an RTCP report.</summary>
/// <param name="At">When, since the ladder began.</param>
/// <param name="Host">Index of the column.</param>
/// <param name="Label">What stands beside it: the digit; empty for a bare tick.</param>
/// <param name="About">The whole of it, in words.</param>
public sealed record LadderTick(TimeSpan At, int Host, string Label, string About);
