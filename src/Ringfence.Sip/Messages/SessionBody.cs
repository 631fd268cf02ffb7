using System.Text;

namespace Ringfence.Sip.Messages;

/// <summary>Which sessions a message describes: the one that it is about, and the early one beside it (RFC 3959).</summary>
internal static class SessionBody
{
    /// <summary>
    /// True when the message describes its session. What is no multipart and no early session counts as a description, whatever its type:
    /// who cannot read it refuses it.
    /// </summary>
    internal static bool IsIn(SipMessage message)
    {
        if (message.Body.IsEmpty)
        {
            return false;
        }

        bool isMultipart =
            ContentType.TryParse(message.Value(HeaderId.ContentType), out ContentType type) && type.IsMultipart;
        return isMultipart
            ? Multipart.FindSdp(message, ParserLimits.Default, out ReadOnlySpan<byte> sdp).IsFault || !sdp.IsEmpty
            : !ContentDisposition.TryParse(message.Value(HeaderId.ContentDisposition), out ContentDisposition of)
                || !Ascii.EqualsIgnoreCase(of.Type, "early-session"u8);
    }

    /// <summary>The description of the early session; empty for none.</summary>
    internal static ReadOnlySpan<byte> EarlyOf(SipMessage message) =>
        Multipart.FindEarlySdp(message, ParserLimits.Default, out ReadOnlySpan<byte> sdp).IsFault ? default : sdp;
}
