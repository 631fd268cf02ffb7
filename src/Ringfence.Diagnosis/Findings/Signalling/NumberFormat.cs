using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-14: the called number was not found, and its form is odd.</summary>
internal sealed class NumberFormat()
    : Rule("SG-14", FindingSeverity.Warning, FindingBasis.Observed, "RFC 3261 §21.4.22")
{
    // ITU-T E.164 §6: country code and national number together.
    private const int LongestNumber = 15;
    private const int InternationalLength = 11;
    private const int Dialled = 3;

    public override bool Applies(CallView call) => call.IsCall && call.Final?.Status is 404 or 416 or 484 or 604;

    public override Finding? Check(CallView call)
    {
        var uri = TraceMessage.Text(call.Invite!.Request!.RequestUri);
        var user = User(uri);
        var form = call.Final!.Status switch
        {
            416 => "scheme",
            484 => "incomplete",
            _ => Oddity(user, User(call.Call.From)),
        };
        return form is null
            ? null
            : Found(
                call,
                call.Final.Status is 416 or 484 ? FindingConfidence.Certain : FindingConfidence.Possible,
                [call.Invite, call.Final],
                ("number", user.Length == 0 ? uri : user),
                ("form", form),
                ("status", CallView.Status(call.Final))
            );
    }

    private static string? Oddity(string called, string caller)
    {
        var digits = called.TrimStart('+');
        if (digits.Length < Dialled || !digits.All(char.IsAsciiDigit))
        {
            return null;
        }

        var isGlobal = called[0] == '+';
        return isGlobal && digits[0] == '0' ? "+0"
            : isGlobal && digits.Length > LongestNumber ? "> 15"
            : isGlobal ? null
            : digits.StartsWith("00", StringComparison.Ordinal) ? "00…"
            : digits.Length >= InternationalLength && caller.StartsWith('+') ? "no +"
            : digits[0] == '0' && caller.StartsWith('+') ? "0…"
            : null;
    }

    private static string User(string uri) =>
        uri.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? uri[4..].Split(';')[0]
        : SipUri.TryParse(Encoding.UTF8.GetBytes(uri), out var sip) ? TraceMessage.Text(sip.User).Split(';')[0]
        : "";
}
