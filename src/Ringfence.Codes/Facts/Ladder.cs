namespace Ringfence.Codes;

/// <summary>A typical exchange.</summary>
/// <param name="Participants">Keys of the labels <c>participants</c>, from left to right.</param>
/// <param name="Arrows">The messages in order.</param>
public sealed record Ladder(IReadOnlyList<string> Participants, IReadOnlyList<LadderArrow> Arrows);
