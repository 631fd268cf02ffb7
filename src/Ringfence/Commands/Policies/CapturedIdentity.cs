using Ringfence.Edge.Stages;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Commands.Policies;

/// <summary>What an INVITE of a capture says of the caller's identity. Nothing is verified: its certificates are not fetched.</summary>
/// <param name="IsSigned">It has an Identity header.</param>
/// <param name="Verification">Absent; unavailable; passed where the header is to be believed.</param>
/// <param name="Attestation">What the signer says, where it is to be believed.</param>
internal readonly record struct CapturedIdentity(
    bool IsSigned,
    VerificationOutcome Verification,
    Attestation Attestation
)
{
    internal static CapturedIdentity Of(SipRequest invite, bool believe)
    {
        List<ReadOnlyMemory<byte>> identities = StirFacts.Identities(invite);
        if (identities.Count == 0)
        {
            return new CapturedIdentity(IsSigned: false, VerificationOutcome.Absent, Attestation.None);
        }

        if (!believe)
        {
            return new CapturedIdentity(IsSigned: true, VerificationOutcome.Unavailable, Attestation.None);
        }

        Attestation best = identities.Select(Claimed).DefaultIfEmpty(Attestation.None).Max();
        return new CapturedIdentity(IsSigned: true, VerificationOutcome.Passed, best);
    }

    private static Attestation Claimed(ReadOnlyMemory<byte> value)
    {
        int end = value.Span.IndexOf((byte)';');
        ReadOnlyMemory<byte> token = end < 0 ? value : value[..end];
        return PassportReader.Read(token, out PassportToken? passport) == Stir.Verification.Fault.None
            ? passport!.Claims.Attest
            : Attestation.None;
    }
}
