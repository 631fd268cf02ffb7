namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-21: RTP came to the offered port before any session description: the caller must play it.</summary>
internal sealed class MediaBeforeSdp() : Rule("EM-21", FindingSeverity.Information, FindingBasis.Must, "RFC 3264 §5.1")
{
    public override bool Applies(CallView call) =>
        call.OfferedTo is not null && call.Answers.Any() && call.ToCaller.Any();

    public override Finding? Check(CallView call)
    {
        const long Apart = 100_000_000;
        var first = call.ToCaller.MinBy(s => s.Start)!;
        var answer = call.Answers.First();
        return first.Start < answer.Time - Apart && first.Start > call.Invite!.Time
            ? Found(
                call,
                FindingConfidence.Certain,
                [
                    new Evidence(first.FirstFrame, first.Start, "RTP " + first.Source),
                    new Evidence(answer.Frame, answer.Time, answer.Label),
                ],
                ("seconds", Number(CallView.Seconds(first.Start, answer.Time)))
            )
            : null;
    }
}
