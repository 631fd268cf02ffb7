namespace Ringfence.Sip.Messages;

/// <summary>One Feature-Caps value: "*" *(SEMI feature-cap) (RFC 6809 §6.3).</summary>
public static class FeatureCaps
{
    /// <summary>Reads one value; its feature-capability indicators ("+sip.…") are the parameters.</summary>
    /// <param name="item">One comma-separated value.</param>
    /// <param name="parametersText">The indicators as received, from the first semicolon.</param>
    public static bool TryParse(ReadOnlySpan<byte> item, out ReadOnlySpan<byte> parametersText)
    {
        bool isStar = item.StartsWith("*"u8);
        parametersText = isStar ? item[1..] : default;
        return isStar && Parameters.AreSound(parametersText);
    }

    /// <summary>Finds an indicator in any Feature-Caps value of a message; the value is without its quotes.</summary>
    public static bool TryFind(SipMessage message, ReadOnlySpan<byte> indicator, out ReadOnlySpan<byte> value)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (ReadOnlySpan<byte> item in message.Items(HeaderId.FeatureCaps))
        {
            if (TryParse(item, out ReadOnlySpan<byte> text) && Parameters.TryGet(text, indicator, out value))
            {
                return true;
            }
        }

        value = default;
        return false;
    }
}
