using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Identities;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-03: 608 without a way for a wrongly blocked caller to object.</summary>
internal sealed class RejectionWithoutRedress()
    : Rule("BK-03", FindingSeverity.Warning, FindingBasis.Must, "RFC 8688 §4.1")
{
    public override bool Applies(CallView call) => call.Final?.Status == 608;

    // A card is made for the call that it refuses (RFC 8688 §3.2.1).
    private const double Fresh = 60;

    public override Finding? Check(CallView call)
    {
        foreach (var item in call.Final!.Sip.Items(HeaderId.CallInfo))
        {
            if (CallInfo.TryParse(item, out var info) && info.Purpose.SequenceEqual("jwscard"u8))
            {
                return Unusable(call, TraceMessage.Text(info.Uri));
            }
        }

        return Found(
            call,
            FindingConfidence.Certain,
            [call.Invite, call.Final],
            ("understood", IsUnderstood(call) ? "sip.608" : "–"),
            ("card", "missing")
        );
    }

    private static bool IsUnderstood(CallView call) =>
        call.Invite!.Header(HeaderId.FeatureCaps).Contains("sip.608", StringComparison.OrdinalIgnoreCase);

    // A card that travels in the message can be read here; what lies behind https is not fetched.
    private Finding? Unusable(CallView call, string uri)
    {
        var (issued, isReadable) = RefusalDetails.CardOf(call.Final!);
        var isHere =
            uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            || uri.StartsWith("cid:", StringComparison.OrdinalIgnoreCase);
        var age = issued is { } at ? Math.Abs((call.Final!.Time / 1e9) - at) : 0;
        var what =
            !isHere ? null
            : !isReadable ? "unreadable"
            : issued is null ? "no iat"
            : age > Fresh ? "iat"
            : call.Card == CardCheck.WrongSignature ? "signature"
            : call.Card == CardCheck.WrongCertificate ? "certificate"
            : null;
        if (what is not null)
        {
            var understood = IsUnderstood(call) ? "sip.608" : "–";
            return Found(call, FindingConfidence.Certain, [call.Final], ("understood", understood), ("card", what));
        }

        // To a caller whose network cannot show the card an announcement is to be played, in a 183 (RFC 8688 §3.4).
        return IsUnderstood(call) || call.Provisionals.Any(m => m.Sdp is not null)
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                [call.Invite, call.Final],
                ("understood", "–"),
                ("card", "unshown")
            );
    }
}
