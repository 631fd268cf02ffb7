namespace Ringfence.Diagnosis.Calls;

/// <summary>Another leg of a call, and why it is taken for one.</summary>
/// <param name="Call">The other leg.</param>
/// <param name="Join">The reason.</param>
/// <param name="Evidence">What both have in common, as text.</param>
public sealed record JoinedLeg(Call Call, LegJoin Join, string Evidence);
