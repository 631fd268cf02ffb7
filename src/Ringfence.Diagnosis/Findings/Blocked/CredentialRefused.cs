using Ringfence.Diagnosis.Calls;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-16: the verifier does not accept the certificate that signed the call.</summary>
internal sealed class CredentialRefused() : Rule("BK-16", FindingSeverity.Error, FindingBasis.Must, "RFC 8224 §6.2.2")
{
    public override bool Applies(CallView call) => call.Identities.Count > 0 && call.Final?.Status == 437;

    public override Finding? Check(CallView call) =>
        Found(
            call,
            FindingConfidence.Certain,
            [call.Invite, call.Final],
            ("url", TraceMessage.Text(call.Identities[0].Header.Info.Span))
        );
}
