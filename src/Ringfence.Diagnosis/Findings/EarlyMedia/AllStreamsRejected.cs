namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-17: a provisional response carries a session description in which every stream has port 0.</summary>
internal sealed class AllStreamsRejected() : Rule("EM-17", FindingSeverity.Warning, FindingBasis.Interop, "RFC 3264 §6")
{
    public override bool Applies(CallView call) => call.Provisionals.Any(m => m.Sdp is not null);

    public override Finding? Check(CallView call)
    {
        var empty = call.Provisionals.FirstOrDefault(m =>
            m.Sdp is { Media.Count: > 0 } && m.Sdp.Media.All(media => media.IsRejected)
        );
        return empty is null
            ? null
            : Found(call, FindingConfidence.Certain, [empty], ("status", CallView.Status(empty)));
    }
}
