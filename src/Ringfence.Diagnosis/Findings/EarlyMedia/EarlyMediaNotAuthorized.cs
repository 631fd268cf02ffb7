using Ringfence.Sip.Messages;
using Direction = Ringfence.Sip.Messages.EarlyMedia;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-10: P-Early-Media does not allow the early media that flows, or was never asked for.</summary>
internal sealed class EarlyMediaNotAuthorized()
    : Rule("EM-10", FindingSeverity.Warning, FindingBasis.Must, "RFC 5009 §6")
{
    public override bool Applies(CallView call) =>
        call.Provisionals.Any(m => m.Sip.Has(HeaderId.PEarlyMedia)) && call.Invite is not null;

    public override Finding? Check(CallView call)
    {
        var said = call.Provisionals.Last(m => m.Sip.Has(HeaderId.PEarlyMedia));
        if (PEarlyMedia.Of(said.Sip).HasFlag(Direction.Inactive) && call.EarlyToCaller.Any(s => s.End > said.Time))
        {
            return Found(call, FindingConfidence.Certain, [said], ("value", said.Header(HeaderId.PEarlyMedia)));
        }

        return call.Invite!.Sip.Has(HeaderId.PEarlyMedia)
            ? null
            : Found(
                call,
                FindingConfidence.Possible,
                [call.Invite, said],
                ("value", said.Header(HeaderId.PEarlyMedia))
            );
    }
}
