using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>What is known of the Identity of each INVITE: what it claims, and whether a finding says that it does not hold.</summary>
internal sealed class IdentityShields(IReadOnlyList<Finding> findings)
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
            : LadderShield.Unverified;
    }
}
