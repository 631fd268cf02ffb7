namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-04: 180 with a session description came in on one leg and went out without it on the other.</summary>
internal sealed class RingingWithMediaHidden()
    : Rule("EM-04", FindingSeverity.Warning, FindingBasis.Interop, "RFC 3960 §3.2")
{
    public override bool Applies(CallView call) =>
        call.Call.Legs.Count > 0 && call.Provisionals.Any(m => m.Status == 180 && m.Sdp is not null);

    public override Finding? Check(CallView call)
    {
        var ringing = call.Provisionals.First(m => m.Status == 180 && m.Sdp is not null);
        foreach (var leg in call.Call.Legs.Where(leg => leg.Call.Invite?.Time < call.Invite!.Time))
        {
            var passed = leg.Call.EarlyDialogs.SelectMany(d => d.Provisionals).ToList();
            if (passed.Any(m => m.Status == 180) && passed.TrueForAll(m => m.Sdp is null))
            {
                return Found(call, FindingConfidence.Likely, [ringing, passed.First(m => m.Status == 180)]);
            }
        }

        return null;
    }
}
