using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;
using Direction = Ringfence.Sip.Messages.EarlyMedia;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-10: P-Early-Media does not allow the early media that flows, or was never asked for.</summary>
internal sealed class EarlyMediaNotAuthorized()
    : Rule("EM-10", FindingSeverity.Warning, FindingBasis.Must, "RFC 5009 §6")
{
    public override bool Applies(CallView call) =>
        call.Invite is { } invite
        && call.Provisionals.Count > 0
        && (invite.Sip.Has(HeaderId.PEarlyMedia) || call.Provisionals.Any(m => m.Sip.Has(HeaderId.PEarlyMedia)));

    public override Finding? Check(CallView call)
    {
        var said = call.Provisionals.LastOrDefault(m => m.Sip.Has(HeaderId.PEarlyMedia));
        if (said is null)
        {
            return Unanswered(call);
        }

        var value = ("value", said.Header(HeaderId.PEarlyMedia));
        if (PEarlyMedia.Of(said.Sip).HasFlag(Direction.Inactive) && call.EarlyToCaller.Any(s => s.End > said.Time))
        {
            return Found(call, FindingConfidence.Certain, [said], value);
        }

        if (Stripped(call) is { } bare)
        {
            return Found(call, FindingConfidence.Certain, [said, bare], value);
        }

        return call.Invite!.Sip.Has(HeaderId.PEarlyMedia)
            ? null
            : Found(call, FindingConfidence.Possible, [call.Invite, said], value);
    }

    // Whether media that nobody authorised is heard is left to local policy (RFC 5009 §8).
    private Finding? Unanswered(CallView call) =>
        call.Provisionals.FirstOrDefault(m => m.Sdp is not null) is { } progress && call.EarlyToCaller.Any()
            ? Found(call, FindingConfidence.Possible, [call.Invite, progress], ("value", "–")) with
            {
                Severity = FindingSeverity.Information,
            }
            : null;

    // The leg towards a caller that asked for the header passed the response on without it.
    private static TraceMessage? Stripped(CallView call) =>
        call
            .Call.Legs.Select(leg => leg.Call)
            .Where(leg =>
                leg.Invite is { } invite && invite.Time < call.Invite!.Time && invite.Sip.Has(HeaderId.PEarlyMedia)
            )
            .Select(leg => leg.EarlyDialogs.SelectMany(d => d.Provisionals).ToList())
            .FirstOrDefault(passed => passed.Count > 0 && passed.TrueForAll(m => !m.Sip.Has(HeaderId.PEarlyMedia)))
            ?.Find(m => m.Sdp is not null);
}
