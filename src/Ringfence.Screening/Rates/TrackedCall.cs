namespace Ringfence.Screening.Rates;

/// <summary>The three that a call is counted for.</summary>
internal readonly record struct TrackedCall(Tracked Caller, Tracked Callee, Tracked Block);
