namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-02: 607 at once, without alerting: a machine spoke in the name of the callee.</summary>
internal sealed class RefusedByMachine() : Rule("BK-02", FindingSeverity.Warning, FindingBasis.Must, "RFC 8197 §4")
{
    public override bool Applies(CallView call) => call.Final?.Status == 607;

    private const double Machine = 0.5;

    public override Finding? Check(CallView call)
    {
        var seconds = CallView.Seconds(call.Invite!, call.Final!);
        return call.Provisionals.Any(m => m.Status is 180 or 183) || seconds > Machine
            ? null
            : Found(call, FindingConfidence.Likely, [call.Invite, call.Final], ("seconds", Number(seconds)));
    }
}
