using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-13: the request runs in a loop, or over too many hops.</summary>
internal sealed class LoopOrTooManyHops() : Rule("SG-13", FindingSeverity.Error, FindingBasis.Must, "RFC 3261 §16.3")
{
    public override bool Applies(CallView call) => call.IsCall && call.Final?.Status is 482 or 483;

    public override Finding? Check(CallView call) =>
        Found(
            call,
            FindingConfidence.Certain,
            [call.Invite, call.Final],
            ("status", CallView.Status(call.Final)),
            ("hops", call.Invite!.Header(HeaderId.MaxForwards))
        );
}
