using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-13: the Date header and the time in the PASSporT disagree.</summary>
internal sealed class DateAndIatDisagree()
    : Rule("BK-13", FindingSeverity.Warning, FindingBasis.Should, "RFC 8224 §4.1")
{
    public override bool Applies(CallView call) =>
        call.Passport is not null && (call.Invite!.Sip.Has(HeaderId.Date) || RefusedForDate(call));

    private const double Tolerance = 60;

    public override Finding? Check(CallView call)
    {
        if (!call.Invite!.Sip.Has(HeaderId.Date))
        {
            // A verifier that insists on Date, though the full form has the time in itself (RFC 8224 §4.1).
            return Found(call, FindingConfidence.Possible, [call.Invite, call.Final], ("apart", "no Date"));
        }

        if (!SipDate.TryParse(call.Invite!.Sip.Value(HeaderId.Date), out var date))
        {
            return null;
        }

        var apart = date.ToUnixTimeSeconds() - call.Passport!.Claims.IssuedAt;
        return Math.Abs(apart) <= Tolerance
            ? null
            : Found(call, FindingConfidence.Certain, [call.Invite, call.Final], ("apart", Number(apart) + " s"));
    }

    private static bool RefusedForDate(CallView call) =>
        call.Final is { Status: 403 } final && final.Label.Contains("date", StringComparison.OrdinalIgnoreCase);
}
