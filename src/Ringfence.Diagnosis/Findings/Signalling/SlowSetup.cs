namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-22: it took long until the caller heard anything.</summary>
internal sealed class SlowSetup() : Rule("SG-22", FindingSeverity.Information, FindingBasis.Observed, "ITU-T E.721")
{
    public override bool Applies(CallView call) => call.Call.PostDialDelay is not null;

    // The 95th percentile for an international call (ITU-T E.721 table 1).
    private const double TooLong = 11;

    // Longer than any timer waits: the clock of the capture jumped.
    private const double Impossible = 300;

    public override Finding? Check(CallView call) =>
        call.Call.PostDialDelay!.Value.TotalSeconds is > TooLong and < Impossible
            ? Found(
                call,
                FindingConfidence.Certain,
                [call.Invite, call.Provisionals.Append(call.Final).FirstOrDefault()],
                ("seconds", Number(call.Call.PostDialDelay.Value.TotalSeconds))
            )
            : null;
}
