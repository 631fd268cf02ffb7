namespace Ringfence.Diagnosis.Ladder;

/// <summary>A run of media between two columns.</summary>
/// <param name="Start">When it begins, since the ladder began.</param>
/// <param name="End">When it ends.</param>
/// <param name="From">Index of the sending column.</param>
/// <param name="To">Index of the receiving column.</param>
/// <param name="Label">Codec and what was heard: <c>PCMA/8000 · ringback, FR</c>.</param>
/// <param name="IsEarly">Whether it began before the answer.</param>
public sealed record LadderSpan(TimeSpan Start, TimeSpan End, int From, int To, string Label, bool IsEarly);
