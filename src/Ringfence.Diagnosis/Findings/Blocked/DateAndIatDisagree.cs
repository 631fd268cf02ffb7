using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-13: the Date header and the time in the PASSporT disagree.</summary>
internal sealed class DateAndIatDisagree()
    : Rule("BK-13", FindingSeverity.Warning, FindingBasis.Should, "RFC 8224 §4.1")
{
    public override bool Applies(CallView call) => call.Passport is not null && call.Invite!.Sip.Has(HeaderId.Date);

    private const double Tolerance = 60;

    public override Finding? Check(CallView call)
    {
        if (!SipDate.TryParse(call.Invite!.Sip.Value(HeaderId.Date), out var date))
        {
            return null;
        }

        var apart = date.ToUnixTimeSeconds() - call.Passport!.Claims.IssuedAt;
        return Math.Abs(apart) <= Tolerance
            ? null
            : Found(call, FindingConfidence.Certain, [call.Invite, call.Final], ("seconds", Number(apart)));
    }
}
