namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-07: a 6xx did not end the attempts to reach the callee.</summary>
internal sealed class HuntWentOn() : Rule("BK-07", FindingSeverity.Error, FindingBasis.Must, "RFC 3261 §16.7")
{
    public override bool Applies(CallView call) => call.Final?.Status is 600 or 603 or 607 or 608;

    private const long SoonAfter = 5_000_000_000;

    public override Finding? Check(CallView call)
    {
        var next = call.Others.NextAttempt(call.Call, SoonAfter);
        return next is null || next.Invite!.Source.Bits != call.Invite!.Source.Bits
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                [call.Final, next.Invite],
                ("seconds", Number(CallView.Seconds(call.Final!, next.Invite!)))
            );
    }
}
