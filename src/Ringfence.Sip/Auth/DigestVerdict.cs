using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Auth;

/// <summary>What a server makes of a request's credentials, and what it is to answer.</summary>
/// <param name="Outcome">Which of the three.</param>
/// <param name="User">The user, when authenticated; else empty.</param>
/// <param name="StatusCode">The status to answer with: 401, 407 or 400; 0 when authenticated.</param>
/// <param name="Id">The header that each challenge goes into.</param>
/// <param name="Challenges">The values of one header line each, most liked first (RFC 8760 §2.3).</param>
public sealed record DigestVerdict(
    DigestOutcome Outcome,
    string User,
    int StatusCode,
    HeaderId Id,
    IReadOnlyList<ReadOnlyMemory<byte>> Challenges
);
