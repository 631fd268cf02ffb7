namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-06: a plain 603: how fast it came tells a person from a policy.</summary>
internal sealed class PlainDecline()
    : Rule("BK-06", FindingSeverity.Information, FindingBasis.Observed, "RFC 3261 §21.6.2")
{
    public override bool Applies(CallView call) => call.Final?.Status == 603 && !NetworkBlock.IsIn(call.Final);

    private const double Policy = 0.3;

    public override Finding? Check(CallView call)
    {
        var rang = call.Provisionals.Any(m => m.Status is 180 or 183);
        var seconds = CallView.Seconds(call.Invite!, call.Final!);
        return Found(
            call,
            rang || seconds < Policy ? FindingConfidence.Likely : FindingConfidence.Possible,
            [call.Invite, call.Final],
            ("seconds", Number(seconds)),
            ("who", rang && seconds > 1 ? "person" : "policy")
        );
    }
}
