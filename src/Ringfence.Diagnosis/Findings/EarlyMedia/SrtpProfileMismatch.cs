using Ringfence.Diagnosis.Calls;
using Ringfence.Media.Sdp;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-18: offer and answer disagree about SRTP: profile, keys, suite, or fingerprint.</summary>
internal sealed class SrtpProfileMismatch() : Rule("EM-18", FindingSeverity.Error, FindingBasis.Must, "RFC 3264 §6")
{
    public override bool Applies(CallView call) =>
        call.Offer is { IsRtp: true } && (call.Answers.Any() || call.Final?.Status is 488 or 606);

    public override Finding? Check(CallView call)
    {
        var offer = call.Offer!;
        foreach (var message in call.Answers)
        {
            if (message.Sdp!.Audio is not { IsRejected: false, IsRtp: true } answer)
            {
                continue;
            }

            var what =
                offer.IsSecure != answer.IsSecure ? "profile"
                : answer.IsSecure && !HasKeys(message, answer) ? "keys"
                : offer.Crypto.Count > 0
                && answer.Crypto.Count > 0
                && !answer.Crypto.Any(a => offer.Crypto.Any(o => o.Suite == a.Suite))
                    ? "suite"
                : answer.IsSecure
                && Setup(message, answer) is { Length: > 0 } there
                && IsClash(Setup(call.Invite!, offer), there)
                    ? "setup"
                : null;
            if (what is not null)
            {
                return Mismatch(call, message, what, offer.Protocol, answer.Protocol);
            }
        }

        // 488 alone may have other reasons; with a secure offer and no session description it is the likeliest.
        return offer.IsSecure && call.Final is { Status: 488 or 606, Sdp: null } refused
            ? Found(
                call,
                FindingConfidence.Possible,
                [call.Invite, refused],
                ("what", "profile"),
                ("offered", offer.Protocol),
                ("answered", CallView.Status(refused))
            )
            : null;
    }

    private Finding Mismatch(CallView call, TraceMessage message, string what, string offered, string answered) =>
        Found(
            call,
            FindingConfidence.Certain,
            [call.Invite, message],
            ("what", what),
            ("offered", offered),
            ("answered", answered)
        );

    private static bool HasKeys(TraceMessage message, MediaDescription media) =>
        media.Crypto.Count > 0
        || media.TryGetAttribute("fingerprint"u8, out _)
        || message.Sdp!.TryGetAttribute("fingerprint"u8, out _);

    private static string Setup(TraceMessage message, MediaDescription media) =>
        media.TryGetAttribute("setup"u8, out var value) || message.Sdp!.TryGetAttribute("setup"u8, out value)
            ? TraceMessage.Text(value).Trim()
            : "";

    // One side opens the handshake and the other waits; "actpass" is for offers (RFC 5763 §5).
    private static bool IsClash(string offered, string answered) =>
        answered == "actpass" || (offered == answered && offered is ("active" or "passive"));
}
