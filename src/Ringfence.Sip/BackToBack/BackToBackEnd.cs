using Ringfence.Sip.Calls;

namespace Ringfence.Sip.BackToBack;

/// <summary>How a back-to-back call ended.</summary>
/// <param name="By">The leg whose far side ended it; null: this side.</param>
/// <param name="Cause">Why the leg that ended first is over.</param>
/// <param name="StatusCode">The final response to the caller, 487 for a CANCEL; 0 when the call was answered.</param>
public readonly record struct BackToBackEnd(Leg? By, CallEnd Cause, int StatusCode);
