using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-15: the certificate that signed was not valid at the time of the call.</summary>
internal sealed class CertificateOutOfDate()
    : Rule("BK-15", FindingSeverity.Error, FindingBasis.Must, "RFC 8224 §6.2.2")
{
    public override bool Applies(CallView call) =>
        call.Verified?.Identities.Any(i => i.Certificate is not null) == true;

    public override Finding? Check(CallView call)
    {
        var wrong = call.Verified!.Identities.FirstOrDefault(i =>
            i.Fault is Fault.CertificateExpired or Fault.CertificateNotYetValid or Fault.IatOutsideValidity
        );
        return wrong is null
            ? null
            : Found(
                call,
                FindingConfidence.Certain,
                [call.Invite, call.Final],
                ("signer", wrong.Certificate!.Signer),
                ("from", Day(wrong.Certificate.NotBefore)),
                ("until", Day(wrong.Certificate.NotAfter)),
                ("call", Day(call.Verified.VerifiedAt))
            );
    }

    private static string Day(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
