using Ringfence.Diagnosis.Calls;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-14: the certificate that the PASSporT names cannot be used.</summary>
internal sealed class CertificateNotFetched()
    : Rule("BK-14", FindingSeverity.Error, FindingBasis.Must, "RFC 8224 §6.2.2")
{
    public override bool Applies(CallView call) => call.Identities.Count > 0;

    public override Finding? Check(CallView call)
    {
        foreach (var identity in call.Identities.Where(i => i.Token is not null))
        {
            var info = TraceMessage.Text(identity.Header.Info.Span);
            var what =
                info != identity.Token!.X5u ? "info≠x5u"
                : !info.StartsWith("https://", StringComparison.Ordinal) ? "https"
                : Uri.TryCreate(info, UriKind.Absolute, out var uri) && uri.Port is not (443 or 8443) ? "port"
                : null;
            if (what is not null)
            {
                return Found(call, FindingConfidence.Certain, [call.Invite, call.Final], ("what", what), ("url", info));
            }
        }

        // FreeSWITCH sends 429 for a bad Identity info.
        return call.Final?.Status is 436 or 429
            ? Found(
                call,
                FindingConfidence.Likely,
                [call.Invite, call.Final],
                ("what", CallView.Status(call.Final)),
                ("url", TraceMessage.Text(call.Identities[0].Header.Info.Span))
            )
            : null;
    }
}
