namespace Ringfence.Codes;

/// <summary>How a code and Q.850 causes become each other at an ISUP gateway.</summary>
/// <param name="To">Towards ISUP; null when the code releases no call.</param>
/// <param name="From">From ISUP; empty when no cause becomes the code.</param>
public sealed record Q850Mapping(Q850To? To, IReadOnlyList<Q850From> From);
