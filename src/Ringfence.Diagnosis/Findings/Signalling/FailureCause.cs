using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-01: a final failure, and the cause that it carries within.</summary>
internal sealed class FailureCause() : Rule("SG-01", FindingSeverity.Information, FindingBasis.Observed, "RFC 3326 §2")
{
    public override bool Applies(CallView call) =>
        call.IsCall
        && call.Final is { Status: >= 400 }
        && (call.Final.Sip.Has(HeaderId.Reason) || call.Final.Sip.Has(HeaderId.Warning));

    public override Finding? Check(CallView call)
    {
        var said = call.Final!.Sip.Has(HeaderId.Reason)
            ? call.Final.Header(HeaderId.Reason)
            : call.Final.Header(HeaderId.Warning);
        return Found(
            call,
            FindingConfidence.Certain,
            [call.Final],
            ("status", CallView.Status(call.Final)),
            ("said", said)
        );
    }
}
