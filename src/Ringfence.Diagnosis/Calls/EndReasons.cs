using System.Globalization;
using System.Text;
using Ringfence.Codes;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Calls;

/// <summary>What the message that ended a call says of why (RFC 3326): protocol, cause, and its text or the name of the cause.</summary>
internal static class EndReasons
{
    private const int CompletedElsewhere = 200;

    /// <summary>The reasons of the BYE or CANCEL, or else of the final response; empty where there are none.</summary>
    public static string Of(Call call)
    {
        var ending = call.Ending is { } end ? Of(end) : "";
        return ending.Length > 0 || call.Final is not { Status: >= 300 } final ? ending : Of(final);
    }

    /// <summary>Whether the CANCEL says that another branch has answered (RFC 3326 §2).</summary>
    public static bool IsElsewhere(Call call) =>
        call.State == CallState.Cancelled
        && call.Ending is { } cancel
        && cancel.Is(SipMethod.Cancel)
        && Reason.TryFind(cancel.Sip, "SIP"u8, out var reason)
        && reason.Cause == CompletedElsewhere;

    private static string Of(TraceMessage message)
    {
        var said = new List<string>();
        foreach (var item in message.Sip.Items(HeaderId.Reason))
        {
            if (Reason.TryParse(item, out var reason))
            {
                said.Add(Of(reason));
            }
        }

        return string.Join(", ", said);
    }

    private static string Of(Reason reason)
    {
        var protocol = TraceMessage.Text(reason.Protocol);
        var cause = reason.Cause < 0 ? "" : reason.Cause.ToString(CultureInfo.InvariantCulture);
        var text =
            !reason.Text.IsEmpty ? TraceMessage.Text(reason.Text)
            : Ascii.EqualsIgnoreCase(reason.Protocol, "Q.850"u8) ? CodeCatalogue.CauseName(reason.Cause)
            : null;
        return string.Join(' ', new[] { protocol, cause, text }.Where(part => !string.IsNullOrEmpty(part)));
    }
}
