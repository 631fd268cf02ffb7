namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-09: the call was answered by another callee than the one whose early media played, and the caller kept to the first answer.</summary>
internal sealed class SecondAnswerIgnored()
    : Rule("EM-09", FindingSeverity.Error, FindingBasis.Must, "RFC 3261 §13.2.2.4")
{
    public override bool Applies(CallView call) =>
        call.Final is { Status: >= 200 and < 300, Sdp: not null }
        && call.Provisionals.Any(m => m.Sdp is not null && m.ToTag != call.Final.ToTag);

    public override Finding? Check(CallView call)
    {
        var early = call.Provisionals.Last(m => m.Sdp is not null && m.ToTag != call.Final!.ToTag);
        if (
            CallView.AudioAddress(early) is not { } first
            || CallView.AudioAddress(call.Final!) is not { } second
            || first == second
        )
        {
            return null;
        }

        var stays = call.Call.Streams.FirstOrDefault(s =>
            s.Destination == first && s.End > call.Final!.Time + 2_000_000_000
        );
        var moves = call.Call.Streams.Any(s => s.Destination == second);
        return stays is null || moves
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                [early, call.Final],
                ("first", first.ToString()),
                ("second", second.ToString())
            );
    }
}
