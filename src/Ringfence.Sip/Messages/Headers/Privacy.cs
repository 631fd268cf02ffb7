using System.Text;

namespace Ringfence.Sip.Messages;

/// <summary>Privacy = priv-value *(";" priv-value) (RFC 3323 §4.2).</summary>
public static class Privacy
{
    /// <summary>All that the message's Privacy headers ask for; commas are read as semicolons, as many senders write them.</summary>
    public static PrivacyKinds Of(SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        PrivacyKinds kinds = PrivacyKinds.Unsaid;
        foreach (ReadOnlySpan<byte> item in message.Items(HeaderId.Privacy))
        {
            foreach (Range range in item.Split((byte)';'))
            {
                kinds |= Parse(Lws.Trim(item[range]));
            }
        }

        return kinds;
    }

    private static PrivacyKinds Parse(ReadOnlySpan<byte> value) =>
        Ascii.EqualsIgnoreCase(value, "id"u8) ? PrivacyKinds.Id
        : Ascii.EqualsIgnoreCase(value, "none"u8) ? PrivacyKinds.None
        : Ascii.EqualsIgnoreCase(value, "user"u8) ? PrivacyKinds.User
        : Ascii.EqualsIgnoreCase(value, "header"u8) ? PrivacyKinds.Header
        : Ascii.EqualsIgnoreCase(value, "session"u8) ? PrivacyKinds.Session
        : Ascii.EqualsIgnoreCase(value, "history"u8) ? PrivacyKinds.History
        : Ascii.EqualsIgnoreCase(value, "critical"u8) ? PrivacyKinds.Critical
        : PrivacyKinds.Unsaid;
}
