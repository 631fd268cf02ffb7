using System.Buffers;

namespace Ringfence.Sip.Messages;

/// <summary>hostport = host [ ":" port ] (RFC 3261 §25.1): a name, an IPv4 address, or an IPv6 address in brackets.</summary>
public readonly ref struct HostPort
{
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._"u8
    );

    // Colons in threes pass: RFC 5118 §4.10 asks to tolerate what an error in the old grammar let out.
    private static readonly SearchValues<byte> Ipv6Bytes = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    private HostPort(ReadOnlySpan<byte> host, int port)
    {
        Host = host;
        Port = port;
    }

    /// <summary>The host as received, an IPv6 address with its brackets.</summary>
    public ReadOnlySpan<byte> Host { get; }

    /// <summary>The port, 1 to 65535; 0 when none is given.</summary>
    public int Port { get; }

    /// <summary>The host, an IPv6 address without its brackets.</summary>
    public ReadOnlySpan<byte> Address => IsIpv6 ? Host[1..^1] : Host;

    /// <summary>True for an address in brackets.</summary>
    public bool IsIpv6 => !Host.IsEmpty && Host[0] == '[';

    /// <summary>Reads a hostport without white space; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out HostPort result)
    {
        result = default;
        int hostLength = !text.IsEmpty && text[0] == '[' ? text.IndexOf((byte)']') + 1 : text.IndexOf((byte)':');
        hostLength = hostLength < 0 ? text.Length : hostLength;
        ReadOnlySpan<byte> host = text[..hostLength];
        int port = 0;
        if (!IsHost(host) || (hostLength < text.Length && !TryPort(text[hostLength..], out port)))
        {
            return false;
        }

        result = new HostPort(host, port);
        return true;
    }

    /// <summary>Reads the sent-by of a Via, where white space may stand around the colon (RFC 3261 §20.42).</summary>
    internal static bool TryParseSentBy(ReadOnlySpan<byte> text, out HostPort result)
    {
        if (!text.ContainsAny((byte)' ', (byte)'\t'))
        {
            return TryParse(text, out result);
        }

        result = default;
        int colon = text.LastIndexOf((byte)':');
        bool hasPort = colon >= 0 && text[colon..].IndexOf((byte)']') < 0;
        ReadOnlySpan<byte> host = Lws.TrimEnd(hasPort ? text[..colon] : text);
        ReadOnlySpan<byte> digits = hasPort ? Lws.TrimStart(text[(colon + 1)..]) : default;
        if (!IsHost(host) || (!TryDigits(digits, out int port) && hasPort))
        {
            return false;
        }

        result = new HostPort(host, port);
        return true;
    }

    /// <summary>True for a host name or an address, an IPv6 address in brackets.</summary>
    internal static bool IsHost(ReadOnlySpan<byte> host) =>
        !host.IsEmpty && host[0] == '['
            ? host.Length is > 3 and <= 50 && host[^1] == ']' && !host[1..^1].ContainsAnyExcept(Ipv6Bytes)
            : !host.IsEmpty && !host.ContainsAnyExcept(NameBytes);

    private static bool TryPort(ReadOnlySpan<byte> text, out int port)
    {
        port = 0;
        return text[0] == ':' && TryDigits(text[1..], out port);
    }

    private static bool TryDigits(ReadOnlySpan<byte> digits, out int port)
    {
        bool isNumber = Digits.TryParse(digits, ushort.MaxValue, out uint number);
        port = (int)number;
        return isNumber && port > 0;
    }
}
