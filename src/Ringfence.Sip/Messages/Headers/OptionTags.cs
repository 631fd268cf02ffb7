using System.Text;

namespace Ringfence.Sip.Messages;

/// <summary>The option tags of Require, Proxy-Require, Supported and Unsupported (RFC 3261 §19.2).</summary>
public static class OptionTags
{
    /// <summary>True when a header with this id lists the tag.</summary>
    public static bool Has(SipMessage message, HeaderId id, ReadOnlySpan<byte> tag)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (ReadOnlySpan<byte> item in message.Items(id))
        {
            if (Ascii.EqualsIgnoreCase(item, tag))
            {
                return true;
            }
        }

        return false;
    }
}
