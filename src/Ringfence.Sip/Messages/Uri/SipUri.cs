using System.Text;

namespace Ringfence.Sip.Messages;

/// <summary>
/// A sip or sips URI taken apart (RFC 3261 §19.1.1). All parts are as received: % escapes are not resolved here, and never
/// twice anywhere.
/// </summary>
public readonly ref struct SipUri
{
    private readonly ReadOnlySpan<byte> _parameters;
    private readonly ReadOnlySpan<byte> _headers;

    private SipUri(HostPort at, ReadOnlySpan<byte> parameters, ReadOnlySpan<byte> headers)
    {
        At = at;
        _parameters = parameters;
        _headers = headers;
    }

    /// <summary>True for sips.</summary>
    public bool IsSips { get; private init; }

    /// <summary>The user part; empty when there is none. It may hold parameters of its own, as in "user;par=u".</summary>
    public ReadOnlySpan<byte> User { get; private init; }

    /// <summary>The password; empty when there is none.</summary>
    public ReadOnlySpan<byte> Password { get; private init; }

    /// <summary>True when a colon and a password, even an empty one, follow the user.</summary>
    public bool HasPassword { get; private init; }

    /// <summary>Host and port.</summary>
    public HostPort At { get; }

    /// <summary>The host as received, an IPv6 address with its brackets.</summary>
    public ReadOnlySpan<byte> Host => At.Host;

    /// <summary>The port; 0 when none is given.</summary>
    public int Port => At.Port;

    /// <summary>The parameters, to be walked.</summary>
    public UriParameters Parameters => UriParameters.OfParameters(_parameters);

    /// <summary>The headers, to be walked.</summary>
    public UriParameters Headers => UriParameters.OfHeaders(_headers);

    /// <summary>True when a question mark and headers follow.</summary>
    public bool HasHeaders => !_headers.IsEmpty;

    /// <summary>True with the lr parameter: a loose router (RFC 3261 §19.1.1).</summary>
    public bool IsLoose => Parameters.TryGet("lr"u8, out _);

    /// <summary>The transport parameter; empty when there is none.</summary>
    public ReadOnlySpan<byte> Transport => Find("transport"u8);

    /// <summary>The maddr parameter; empty when there is none.</summary>
    public ReadOnlySpan<byte> Maddr => Find("maddr"u8);

    /// <summary>The ttl parameter; empty when there is none.</summary>
    public ReadOnlySpan<byte> Ttl => Find("ttl"u8);

    /// <summary>The method parameter; empty when there is none.</summary>
    public ReadOnlySpan<byte> Method => Find("method"u8);

    /// <summary>True with user=phone: the user part is a telephone number of RFC 3966 (RFC 3261 §19.1.6).</summary>
    public bool IsPhone => Ascii.EqualsIgnoreCase(Find("user"u8), "phone"u8);

    /// <summary>The scheme of any URI.</summary>
    public static UriScheme SchemeOf(ReadOnlySpan<byte> uri)
    {
        int colon = uri[..Math.Min(uri.Length, 5)].IndexOf((byte)':');
        ReadOnlySpan<byte> scheme = colon < 0 ? default : uri[..colon];
        return Ascii.EqualsIgnoreCase(scheme, "sip"u8) ? UriScheme.Sip
            : Ascii.EqualsIgnoreCase(scheme, "sips"u8) ? UriScheme.Sips
            : Ascii.EqualsIgnoreCase(scheme, "tel"u8) ? UriScheme.Tel
            : UriScheme.Other;
    }

    /// <summary>Reads a sip or sips URI; false for another scheme and for a broken grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> uri, out SipUri result)
    {
        result = default;
        UriScheme scheme = SchemeOf(uri);
        if (scheme is not (UriScheme.Sip or UriScheme.Sips))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = uri[(scheme == UriScheme.Sips ? 5 : 4)..];
        int at = rest.IndexOf((byte)'@');
        ReadOnlySpan<byte> user = at < 0 ? default : rest[..at];
        rest = rest[(at + 1)..];
        int colon = user.IndexOf((byte)':');
        ReadOnlySpan<byte> password = colon < 0 ? default : user[(colon + 1)..];
        user = colon < 0 ? user : user[..colon];
        bool userIsSound =
            UriCharacters.AreAll(user, UriCharacters.User) && UriCharacters.AreAll(password, UriCharacters.Password);
        if ((at >= 0 && user.IsEmpty) || !userIsSound || !TrySplit(rest, out result))
        {
            return false;
        }

        result = result with
        {
            IsSips = scheme == UriScheme.Sips,
            User = user,
            Password = password,
            HasPassword = colon >= 0,
        };
        return true;
    }

    /// <summary>hostport uri-parameters [ headers ]: what follows the user.</summary>
    private static bool TrySplit(ReadOnlySpan<byte> text, out SipUri result)
    {
        result = default;
        int end = text.IndexOfAny((byte)';', (byte)'?');
        ReadOnlySpan<byte> rest = end < 0 ? default : text[end..];
        int question = rest.IndexOf((byte)'?');
        ReadOnlySpan<byte> parameters = question < 0 ? rest : rest[..question];
        ReadOnlySpan<byte> headers = question < 0 ? default : rest[(question + 1)..];
        bool emptyPart = parameters.Length == 1 || (question >= 0 && headers.IsEmpty);
        if (emptyPart || !HostPort.TryParse(end < 0 ? text : text[..end], out HostPort at))
        {
            return false;
        }

        result = new SipUri(at, parameters.IsEmpty ? default : parameters[1..], headers);
        return result.Parameters.AreSound() && result.Headers.AreSound();
    }

    private ReadOnlySpan<byte> Find(ReadOnlySpan<byte> name) =>
        Parameters.TryGet(name, out ReadOnlySpan<byte> value) ? value : default;
}
