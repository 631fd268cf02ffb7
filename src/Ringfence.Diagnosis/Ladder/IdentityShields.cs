using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>What is known of the Identity of each INVITE: what it claims, and whether it holds.</summary>
internal sealed class IdentityShields(
    IReadOnlyList<Finding> findings,
    CallDiagnosis? diagnosis,
    IReadOnlyList<Call> calls
)
{
    private static readonly HashSet<string> Faults = new(StringComparer.Ordinal)
    {
        "BK-12",
        "BK-14",
        "BK-15",
        "BK-16",
        "BK-17",
        "BK-18",
        "BK-19",
        "BK-20",
        "BK-21",
    };

    public LadderShield Of(TraceMessage message, out string attestation)
    {
        attestation = "";
        if (!message.Is(SipMethod.Invite) || message.ToTag.Length > 0)
        {
            return LadderShield.None;
        }

        if (!message.Sip.Has(HeaderId.Identity))
        {
            // Most of the world's calls are not signed: it is worth a mark only where somebody asked.
            return findings.Any(f => f.Id is "BK-10" or "BK-11" && f.Evidence.Any(e => e.Frame == message.Frame))
                ? LadderShield.Absent
                : LadderShield.None;
        }

        attestation =
            ReadIdentity
                .Of(message)
                .Select(identity => identity.Token?.Claims.Attest.ToString())
                .FirstOrDefault(attest => attest is { Length: 1 })
            ?? "";
        return findings.Any(f => Faults.Contains(f.Id) && f.Call.CallId == message.CallId)
            ? LadderShield.Failed
            : Verified(message);
    }

    // Verification looked at one INVITE of the call; what another hop carries is judged with it only where it carries the same.
    private LadderShield Verified(TraceMessage message)
    {
        var call = calls.FirstOrDefault(call => call.CallId == message.CallId);
        if (
            call?.Invite is not { } invite
            || !invite.Sip.Value(HeaderId.Identity).SequenceEqual(message.Sip.Value(HeaderId.Identity))
        )
        {
            return LadderShield.Unverified;
        }

        return diagnosis?.VerificationOf(call)?.Outcome switch
        {
            VerificationOutcome.Passed => LadderShield.Passed,
            VerificationOutcome.Failed => LadderShield.Failed,
            _ => LadderShield.Unverified,
        };
    }
}
