using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Verification;
using Fault = Ringfence.Stir.Verification.Fault;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-23: the verstat that the request carries is not what its Identity says.</summary>
internal sealed class VerstatContradicted()
    : Rule("BK-23", FindingSeverity.Warning, FindingBasis.Must, "3GPP TS 24.229 §7.2A.20")
{
    private const string Name = "verstat=";

    public override bool Applies(CallView call) => Verstat(call.Invite) is not null;

    public override Finding? Check(CallView call)
    {
        var said = Verstat(call.Invite)!;
        var broken = call.Identities.FirstOrDefault(i => i.Fault != Fault.None)?.Fault;
        var (checkedAs, confidence) =
            call.Verified is { Outcome: not VerificationOutcome.Unavailable } verified
                ? (verified.Verstat, FindingConfidence.Certain)
            : call.Identities.Count > 0 && broken is not null ? (broken.Value.ToString(), FindingConfidence.Likely)
            : (null, FindingConfidence.Possible);
        var passed = said.StartsWith("TN-Validation-Passed", StringComparison.OrdinalIgnoreCase);
        var failed = said.StartsWith("TN-Validation-Failed", StringComparison.OrdinalIgnoreCase);
        return
            checkedAs is null
            || (passed && checkedAs == "TN-Validation-Passed")
            || (failed && checkedAs != "TN-Validation-Passed")
            || (!passed && !failed)
            ? null
            : Found(call, confidence, [call.Invite], ("said", said), ("checked", checkedAs));
    }

    // A parameter of the URI in P-Asserted-Identity or From.
    private static string? Verstat(TraceMessage? invite)
    {
        var value = invite is null
            ? ""
            : invite.Header(HeaderId.PAssertedIdentity) + " " + invite.Header(HeaderId.From);
        var at = value.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var rest = value[(at + Name.Length)..];
        var end = rest.AsSpan().IndexOfAny(";>@, ");
        return end < 0 ? rest : rest[..end];
    }
}
