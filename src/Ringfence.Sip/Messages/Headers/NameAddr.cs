namespace Ringfence.Sip.Messages;

/// <summary>
/// One address with its header parameters (RFC 3261 §20.10): From, To, Contact, Route, Record-Route, Refer-To,
/// P-Asserted-Identity, Diversion, History-Info and their like. The URI inside is not looked into; see <see cref="SipUri"/>.
/// </summary>
public readonly ref struct NameAddr
{
    private NameAddr(
        ReadOnlySpan<byte> displayName,
        ReadOnlySpan<byte> uri,
        ReadOnlySpan<byte> parameters,
        bool isBracketed
    )
    {
        IsBracketed = isBracketed;
        DisplayName = displayName;
        Uri = uri;
        ParametersText = parameters;
    }

    /// <summary>The display name without its quotes, quoted pairs as received; empty when there is none.</summary>
    public ReadOnlySpan<byte> DisplayName { get; }

    /// <summary>The URI, without angle brackets.</summary>
    public ReadOnlySpan<byte> Uri { get; }

    /// <summary>True for the name-addr form, with angle brackets; false for a bare addr-spec.</summary>
    public bool IsBracketed { get; }

    /// <summary>The header parameters as received, from the first semicolon.</summary>
    public ReadOnlySpan<byte> ParametersText { get; }

    /// <summary>The header parameters, to be walked.</summary>
    public Parameters Parameters => new(ParametersText);

    /// <summary>The tag parameter; empty when there is none.</summary>
    public ReadOnlySpan<byte> Tag => Find("tag"u8);

    /// <summary>The q parameter as received; empty when there is none.</summary>
    public ReadOnlySpan<byte> Q => Find("q"u8);

    /// <summary>The expires parameter as received; empty when there is none.</summary>
    public ReadOnlySpan<byte> Expires => Find("expires"u8);

    /// <summary>The value of a header parameter, its name in any case.</summary>
    public bool TryGetParameter(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) =>
        Parameters.TryGet(ParametersText, name, out value);

    /// <summary>Reads one address; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> item, out NameAddr result)
    {
        int quoted = QuotedString.Length(item);
        if (quoted > 0)
        {
            return TryBracketed(item[1..(quoted - 1)], Lws.TrimStart(item[quoted..]), out result);
        }

        int mark = item.IndexOfAny((byte)'<', (byte)';', (byte)'"');
        if (mark < 0 || item[mark] == ';')
        {
            return TryAddrSpec(item, mark, out result);
        }

        ReadOnlySpan<byte> name = Lws.TrimEnd(item[..mark]);
        result = default;
        return IsTokens(name) && TryBracketed(name, item[mark..], out result);
    }

    /// <summary>LAQUOT addr-spec RAQUOT, no white space inside (RFC 4475 §3.1.2.14).</summary>
    private static bool TryBracketed(ReadOnlySpan<byte> name, ReadOnlySpan<byte> rest, out NameAddr result)
    {
        int end = rest.IndexOf((byte)'>');
        if (end < 2 || rest[0] != '<')
        {
            result = default;
            return false;
        }

        result = new NameAddr(name, rest[1..end], rest[(end + 1)..], isBracketed: true);
        return !result.Uri.ContainsAnyInRange((byte)0, (byte)' ') && Parameters.AreSound(result.ParametersText);
    }

    /// <summary>Without brackets a URI has no comma, question mark or semicolon: what follows is the header's (§20).</summary>
    private static bool TryAddrSpec(ReadOnlySpan<byte> item, int semicolon, out NameAddr result)
    {
        ReadOnlySpan<byte> uri = Lws.TrimEnd(semicolon < 0 ? item : item[..semicolon]);
        result = new NameAddr(default, uri, semicolon < 0 ? default : item[semicolon..], isBracketed: false);
        return !uri.IsEmpty
            && !uri.ContainsAny((byte)',', (byte)'?', (byte)'>')
            && !uri.ContainsAnyInRange((byte)0, (byte)' ')
            && Parameters.AreSound(result.ParametersText);
    }

    /// <summary>display-name = *(token LWS); UTF-8 without quotes is let through, since nothing is ambiguous about it.</summary>
    private static bool IsTokens(ReadOnlySpan<byte> name)
    {
        while (!name.IsEmpty)
        {
            int length = name.TokenLength();
            if (length == 0 && !Lws.Is(name[0]) && name[0] < 0x80)
            {
                return false;
            }

            name = name[Math.Max(length, 1)..];
        }

        return true;
    }

    private ReadOnlySpan<byte> Find(ReadOnlySpan<byte> name) =>
        TryGetParameter(name, out ReadOnlySpan<byte> value) ? value : default;
}
