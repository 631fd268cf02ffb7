using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-03: 608 without a way for a wrongly blocked caller to object.</summary>
internal sealed class RejectionWithoutRedress()
    : Rule("BK-03", FindingSeverity.Warning, FindingBasis.Must, "RFC 8688 §4.1")
{
    public override bool Applies(CallView call) => call.Final?.Status == 608;

    public override Finding? Check(CallView call)
    {
        foreach (var item in call.Final!.Sip.Items(HeaderId.CallInfo))
        {
            if (CallInfo.TryParse(item, out var info) && info.Purpose.SequenceEqual("jwscard"u8))
            {
                return null;
            }
        }

        var announced = call.Invite!.Header(HeaderId.FeatureCaps)
            .Contains("sip.608", StringComparison.OrdinalIgnoreCase);
        return Found(
            call,
            FindingConfidence.Certain,
            [call.Invite, call.Final],
            ("understood", announced ? "sip.608" : "–")
        );
    }
}
