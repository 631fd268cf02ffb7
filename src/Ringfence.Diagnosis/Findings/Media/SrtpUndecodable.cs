namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-15: encrypted packets do not open with the keys that were exchanged for them.</summary>
internal sealed class SrtpUndecodable() : Rule("MD-15", FindingSeverity.Error, FindingBasis.Must, "RFC 3711 §3.3")
{
    private const int Enough = 10;

    public override bool Applies(CallView call) =>
        call.Call.Streams.Any(s => s is { IsSecure: true, HasAudio: true })
        && Diagnosis.Media.SrtpKeys.Of(call.Call).Count > 0;

    public override Finding? Check(CallView call)
    {
        var closed = call.Call.Streams.FirstOrDefault(s => s.IsSecure && s.Unopened >= Enough);
        return closed is null
            ? null
            : Found(
                call,
                closed.Key is null ? FindingConfidence.Likely : FindingConfidence.Certain,
                [
                    new Evidence(
                        call.Invite?.Frame ?? closed.FirstFrame,
                        call.Invite?.Time ?? closed.Start,
                        "a=crypto"
                    ),
                    new Evidence(closed.FirstFrame, closed.Start, $"SRTP {closed.Source} > {closed.Destination}"),
                ],
                ("packets", Number((long)closed.Unopened)),
                ("stream", $"{closed.Source} > {closed.Destination}"),
                ("opened", closed.Key is null ? "–" : "✓")
            );
    }
}
