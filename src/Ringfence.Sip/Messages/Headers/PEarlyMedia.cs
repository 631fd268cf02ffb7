using System.Text;

namespace Ringfence.Sip.Messages;

/// <summary>P-Early-Media = [ em-param *(COMMA em-param) ] (RFC 5009 §8).</summary>
public static class PEarlyMedia
{
    /// <summary>Everything that a message's P-Early-Media headers list; values that nobody knows are passed over.</summary>
    /// <remarks>
    /// For several media lines the RFC gives one direction each, in order; <see cref="DirectionAt"/> tells them apart.
    /// </remarks>
    public static EarlyMedia Of(SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        EarlyMedia all = EarlyMedia.None;
        foreach (ReadOnlySpan<byte> item in message.Items(HeaderId.PEarlyMedia))
        {
            all |= Parse(item);
        }

        return all;
    }

    /// <summary>
    /// The direction for one media line, counted from 0. With fewer directions than media lines the last one holds for the rest.
    /// </summary>
    public static EarlyMedia DirectionAt(SipMessage message, int mediaLine)
    {
        ArgumentNullException.ThrowIfNull(message);
        EarlyMedia last = EarlyMedia.None;
        foreach (ReadOnlySpan<byte> item in message.Items(HeaderId.PEarlyMedia))
        {
            EarlyMedia one = Parse(item);
            if (one < EarlyMedia.SendOnly)
            {
                continue;
            }

            last = one;
            if (mediaLine-- == 0)
            {
                break;
            }
        }

        return last;
    }

    private static EarlyMedia Parse(ReadOnlySpan<byte> item) =>
        Ascii.EqualsIgnoreCase(item, "sendrecv"u8) ? EarlyMedia.SendRecv
        : Ascii.EqualsIgnoreCase(item, "sendonly"u8) ? EarlyMedia.SendOnly
        : Ascii.EqualsIgnoreCase(item, "recvonly"u8) ? EarlyMedia.RecvOnly
        : Ascii.EqualsIgnoreCase(item, "inactive"u8) ? EarlyMedia.Inactive
        : Ascii.EqualsIgnoreCase(item, "gated"u8) ? EarlyMedia.Gated
        : Ascii.EqualsIgnoreCase(item, "supported"u8) ? EarlyMedia.Supported
        : EarlyMedia.None;
}
