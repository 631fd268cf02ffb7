using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Reputation;

/// <summary>A callee says that a caller was unwanted.</summary>
/// <param name="Caller">The caller.</param>
/// <param name="Reporter">The callee.</param>
/// <param name="At">When.</param>
/// <param name="Channel">How.</param>
/// <param name="IdentityHeld">
/// True when the call's identity was validly signed as being the caller's own, that is with attestation A: only then does the
/// report count for others (RFC 8197 §6). B and C say nothing of the right to the number.
/// </param>
/// <param name="DeliveredBefore">Calls of the caller that were delivered lately: reports are weighed against them.</param>
public readonly record struct UnwantedReport(
    Party Caller,
    Party Reporter,
    DateTimeOffset At,
    ReportChannel Channel,
    bool IdentityHeld,
    int DeliveredBefore = 0
);
