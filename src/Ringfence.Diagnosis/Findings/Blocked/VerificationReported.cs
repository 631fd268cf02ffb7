using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Verification;
using Fault = Ringfence.Stir.Verification.Fault;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-22: the other side says why an Identity did not verify.</summary>
internal sealed class VerificationReported()
    : Rule("BK-22", FindingSeverity.Warning, FindingBasis.Should, "RFC 9410 §3")
{
    public override bool Applies(CallView call) =>
        call.Identities.Count > 1 || call.Hop.Any(m => m.Response is not null && m.Sip.Has(HeaderId.Reason));

    public override Finding? Check(CallView call)
    {
        foreach (var message in call.Hop.Where(m => m.Response is not null))
        {
            if (Reason.TryFind(message.Sip, "STIR"u8, out var reason))
            {
                return Found(
                    call,
                    FindingConfidence.Certain,
                    [call.Invite, message],
                    ("said", $"STIR {Number((long)reason.Cause)}: {TraceMessage.Text(reason.Text)}"),
                    ("fault", "")
                );
            }
        }

        return Disagreement(call);
    }

    // One Identity holds and another does not: the callee sees a part of what was signed.
    private Finding? Disagreement(CallView call)
    {
        var read = call.Identities;
        var faults = read.Select((identity, i) => identity.Fault != Fault.None ? identity.Fault : FaultOf(call, i))
            .ToList();
        var bad = faults.FindIndex(fault => fault is not (Fault.None or Fault.PptUnsupported));
        var good = faults.IndexOf(Fault.None);
        return bad < 0 || good < 0
            ? null
            : Found(
                call,
                FindingConfidence.Certain,
                [call.Invite, call.Final],
                ("said", $"{Name(read[good])} ✓, {Name(read[bad])} ✗: "),
                ("fault", faults[bad].ToString())
            );
    }

    // Verified ones stand in the order of the request; a certificate that is only not at hand says nothing.
    private static Fault FaultOf(CallView call, int index)
    {
        var fault = index < call.Verified?.Identities.Count ? call.Verified.Identities[index].Fault : Fault.None;
        return fault != Fault.None && FaultStatus.RuleOf(fault) == VerificationRule.Credential ? Fault.None : fault;
    }

    private static string Name(ReadIdentity identity) =>
        identity.Token is { } token ? token.Type.ToString().ToLowerInvariant() : "Identity";
}
