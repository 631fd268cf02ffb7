namespace Ringfence.Sip.Messages;

/// <summary>One Reason value (RFC 3326 §2), with the location of RFC 8606. A message may carry one for each protocol.</summary>
public readonly ref struct Reason
{
    private Reason(ReadOnlySpan<byte> protocol, ReadOnlySpan<byte> parameters)
    {
        Protocol = protocol;
        ParametersText = parameters;
    }

    /// <summary>The protocol: SIP, Q.850, STIR, …</summary>
    public ReadOnlySpan<byte> Protocol { get; }

    /// <summary>All parameters as received, from the first semicolon.</summary>
    public ReadOnlySpan<byte> ParametersText { get; }

    /// <summary>The cause; −1 when there is none, or none below 1000.</summary>
    public int Cause => Digits.TryParse(Find("cause"u8), 999, out uint cause) ? (int)cause : -1;

    /// <summary>The text without quotes, quoted pairs as received; empty when there is none.</summary>
    public ReadOnlySpan<byte> Text => Find("text"u8);

    /// <summary>Where in the network the cause arose: U, LPN, LN, TN, … (RFC 8606 §4); empty when it is not said.</summary>
    public ReadOnlySpan<byte> Location => Find("location"u8);

    /// <summary>Reads one Reason value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> item, out Reason result)
    {
        int length = item.TokenLength();
        result = new Reason(item[..length], Lws.TrimStart(item[length..]));
        return length > 0 && Parameters.AreSound(result.ParametersText);
    }

    /// <summary>Finds the first sound Reason of a protocol in a message.</summary>
    public static bool TryFind(SipMessage message, ReadOnlySpan<byte> protocol, out Reason result)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (ReadOnlySpan<byte> item in message.Items(HeaderId.Reason))
        {
            if (TryParse(item, out result) && System.Text.Ascii.EqualsIgnoreCase(result.Protocol, protocol))
            {
                return true;
            }
        }

        result = default;
        return false;
    }

    private ReadOnlySpan<byte> Find(ReadOnlySpan<byte> name) =>
        Parameters.TryGet(ParametersText, name, out ReadOnlySpan<byte> value) ? value : default;
}
