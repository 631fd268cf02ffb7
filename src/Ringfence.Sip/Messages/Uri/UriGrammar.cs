namespace Ringfence.Sip.Messages;

/// <summary>Whether a URI of any scheme is well formed (RFC 3261 §25.1).</summary>
internal static class UriGrammar
{
    /// <summary>True for a sound sip, sips or tel URI, and for any other with a scheme and URI characters behind it.</summary>
    internal static bool IsSound(ReadOnlySpan<byte> uri) =>
        SipUri.SchemeOf(uri) switch
        {
            UriScheme.Sip or UriScheme.Sips => SipUri.TryParse(uri, out _),
            UriScheme.Tel => TelUri.TryParse(uri, out _),
            _ => IsAbsolute(uri),
        };

    /// <summary>A Request-URI has no headers (§19.1.1 table 1; RFC 4475 §3.1.2.11).</summary>
    internal static bool IsSoundTarget(ReadOnlySpan<byte> uri) =>
        SipUri.SchemeOf(uri) is UriScheme.Sip or UriScheme.Sips
            ? SipUri.TryParse(uri, out SipUri sip) && !sip.HasHeaders
            : IsSound(uri);

    /// <summary>absoluteURI = scheme ":" ( hier-part / opaque-part ).</summary>
    private static bool IsAbsolute(ReadOnlySpan<byte> uri)
    {
        int colon = uri.IndexOf((byte)':');
        if (colon <= 0 || colon + 1 == uri.Length || !char.IsAsciiLetter((char)uri[0]))
        {
            return false;
        }

        foreach (byte b in uri[..colon])
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'+' or (byte)'-' or (byte)'.'))
            {
                return false;
            }
        }

        return UriCharacters.AreAll(uri[(colon + 1)..], UriCharacters.Any);
    }
}
