namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-29: the reason phrase says something else than the code.</summary>
internal sealed class MisleadingPhrase()
    : Rule("EM-29", FindingSeverity.Information, FindingBasis.Must, "RFC 3261 §7.2")
{
    public override bool Applies(CallView call) => call.Provisionals.Any(m => m.Status is 180 or 183);

    public override Finding? Check(CallView call)
    {
        var odd = call.Provisionals.FirstOrDefault(m =>
            (m.Status == 183 && m.Label.Contains("ringing", StringComparison.OrdinalIgnoreCase))
            || (m.Status == 180 && m.Label.Contains("progress", StringComparison.OrdinalIgnoreCase))
        );
        return odd is null ? null : Found(call, FindingConfidence.Certain, [odd], ("line", odd.Label));
    }
}
