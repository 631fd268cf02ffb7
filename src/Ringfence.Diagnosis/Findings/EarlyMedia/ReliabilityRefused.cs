using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-14: 100rel was required by one side and refused by the other.</summary>
internal sealed class ReliabilityRefused() : Rule("EM-14", FindingSeverity.Error, FindingBasis.Should, "RFC 3262 §4")
{
    public override bool Applies(CallView call) => call.IsCall;

    public override Finding? Check(CallView call)
    {
        var refused = call.Hop.FirstOrDefault(m =>
            (m.Answers(SipMethod.Invite, 420, 420) && OptionTags.Has(m.Sip, HeaderId.Unsupported, "100rel"u8))
            || (m.Answers(SipMethod.Invite, 421, 421) && OptionTags.Has(m.Sip, HeaderId.Require, "100rel"u8))
        );
        return refused is null
            ? null
            : Found(call, FindingConfidence.Certain, [call.Invite, refused], ("status", CallView.Status(refused)));
    }
}
