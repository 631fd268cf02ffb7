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
            _ = Uri.TryCreate(info, UriKind.Absolute, out var uri);
            var what =
                info != identity.Token!.X5u ? "info≠x5u"
                : !info.StartsWith("https://", StringComparison.Ordinal) ? "https"
                : uri?.Port is not (null or 443 or 8443) ? "port"
                : null;
            if (what is not null)
            {
                return Found(call, FindingConfidence.Certain, [call.Invite, call.Final], ("what", what), ("url", info));
            }

            if (uri is not null && CertificateFetch.FailureOf(call, uri) is { } failure)
            {
                return Found(call, failure, info);
            }
        }

        // FreeSWITCH sends 429 for a bad Identity info.
        return call.Final is { Status: 436 or 429 }
            ? Found(
                call,
                FindingConfidence.Likely,
                [call.Invite, call.Final],
                ("what", call.Final.Label),
                ("url", TraceMessage.Text(call.Identities[0].Header.Info.Span))
            )
            : null;
    }

    // The verifier may be another host than the one that takes the call.
    private Finding Found(CallView call, CertificateFetch failure, string url)
    {
        var isSure = call.Final?.Status is 436 or 429 || failure.Step.Client.Bits == call.Invite!.Destination.Bits;
        var evidence = new[] { call.Invite, call.Final }
            .OfType<TraceMessage>()
            .Select(m => new Evidence(m.Frame, m.Time, m.Label))
            .Append(new Evidence(failure.Step.Frame, failure.Step.Time, failure.Shown));
        return Found(
            call,
            isSure ? FindingConfidence.Certain : FindingConfidence.Likely,
            evidence,
            ("what", failure.What),
            ("url", url)
        );
    }
}
