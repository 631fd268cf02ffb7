using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-10: the INVITE has no Identity, and the other side asks for one.</summary>
internal sealed class Unsigned() : Rule("BK-10", FindingSeverity.Warning, FindingBasis.Must, "RFC 8224 §6.2.2")
{
    private static readonly string[] Words =
    [
        "identity",
        "unsigned",
        "not signed",
        "attest",
        "stir",
        "shaken",
        "passport",
    ];

    public override bool Applies(CallView call) => call.IsCall && call.Final?.Status is 428 or 403 or 603 or 608;

    public override Finding? Check(CallView call)
    {
        var final = call.Final!;
        var reason = final.Header(HeaderId.Reason);
        var isNamed = Words.Any(word =>
            final.Label.Contains(word, StringComparison.OrdinalIgnoreCase)
            || reason.Contains(word, StringComparison.OrdinalIgnoreCase)
        );
        return call.Invite!.Sip.Has(HeaderId.Identity) || (final.Status != 428 && !isNamed)
            ? null
            : Found(
                call,
                final.Status == 428 ? FindingConfidence.Certain : FindingConfidence.Likely,
                [call.Invite, final],
                ("said", isNamed && reason.Length > 0 ? $"{final.Label}, Reason: {reason}" : final.Label)
            );
    }
}
