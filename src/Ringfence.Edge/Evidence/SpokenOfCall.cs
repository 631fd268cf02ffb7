using Ringfence.Screening.Facts;

namespace Ringfence.Edge.Evidence;

/// <summary>A call that a callee may call unwanted.</summary>
/// <param name="Caller">Who called.</param>
/// <param name="Callee">Who was called.</param>
/// <param name="IdentityHeld">The caller's identity was validly signed as its own (attestation A).</param>
/// <param name="Delivered">Calls of the caller that were delivered lately.</param>
/// <param name="CallId">The call's id in the records; empty where no call is known.</param>
internal readonly record struct SpokenOfCall(
    Party Caller,
    Party Callee,
    bool IdentityHeld,
    int Delivered,
    string CallId
);
