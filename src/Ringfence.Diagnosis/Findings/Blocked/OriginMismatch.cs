namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-18: the number in the PASSporT is not that of the caller.</summary>
internal sealed class OriginMismatch() : Rule("BK-18", FindingSeverity.Error, FindingBasis.Must, "RFC 8224 §6.2")
{
    public override bool Applies(CallView call) => call.Passport is not null;

    public override Finding? Check(CallView call)
    {
        var claimed = call.Passport!.Claims.Orig;
        var callers = SignedParties.Callers(call.Invite!);
        return callers.Count == 0 || callers.Contains(claimed)
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                [call.Invite, call.Final],
                ("claimed", claimed.Value),
                ("shown", string.Join(", ", callers.Select(c => c.Value).Distinct(StringComparer.Ordinal)))
            );
    }
}
