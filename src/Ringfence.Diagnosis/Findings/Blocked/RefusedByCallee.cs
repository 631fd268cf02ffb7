namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-01: 607 after alerting: the called person refused.</summary>
internal sealed class RefusedByCallee() : Rule("BK-01", FindingSeverity.Information, FindingBasis.Must, "RFC 8197 §4")
{
    public override bool Applies(CallView call) => call.Final?.Status == 607;

    // A person needs longer than this to look at a telephone and press a key.
    private const double Human = 1.5;

    public override Finding? Check(CallView call)
    {
        var alerting = call.Provisionals.FirstOrDefault(m => m.Status is 180 or 183);
        return alerting is not null && CallView.Seconds(alerting, call.Final!) > Human
            ? Found(
                call,
                FindingConfidence.Likely,
                [alerting, call.Final],
                ("seconds", Number(CallView.Seconds(alerting, call.Final!)))
            )
            : null;
    }
}
