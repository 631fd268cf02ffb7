using System.Buffers.Text;
using System.Net;
using System.Text;

namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>Addresses as logs write them: <c>UDP:192.0.2.1:5060</c>, <c>udp/[192.0.2.1]:5060</c>, <c>[2001:db8::1]:5060</c>.</summary>
internal static class LogAddress
{
    private const int Longest = 64;

    /// <summary>Reads an address with its port, and the transport if one stands before it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out PacketAddress address, out PacketTransport transport)
    {
        (address, transport) = (default, PacketTransport.Unknown);
        text = text.Trim(" \t"u8);
        var mark = text.IndexOfAny((byte)':', (byte)'/');
        if (mark > 0 && TryTransport(text[..mark], out transport))
        {
            text = text[(mark + 1)..];
        }

        if (text.Length is 0 or > Longest)
        {
            return false;
        }

        int hostEnd;
        ReadOnlySpan<byte> host;
        if (text[0] == (byte)'[')
        {
            hostEnd = text.IndexOf((byte)']');
            if (hostEnd < 0)
            {
                return false;
            }

            host = text[1..hostEnd];
            hostEnd++;
        }
        else
        {
            hostEnd = text.LastIndexOf((byte)':');
            hostEnd = hostEnd < 0 ? text.Length : hostEnd;
            host = text[..hostEnd];
        }

        return TryHost(host, text[hostEnd..], out address);
    }

    /// <summary>Reads an IP address alone.</summary>
    public static bool TryHost(ReadOnlySpan<byte> host, ReadOnlySpan<byte> port, out PacketAddress address)
    {
        address = default;
        Span<char> chars = stackalloc char[Longest];
        if (host.Length is < 2 or > Longest || !Encoding.ASCII.TryGetChars(host, chars, out var count))
        {
            return false;
        }

        if (!IPAddress.TryParse(chars[..count], out var parsed))
        {
            return false;
        }

        var number = 0;
        if (!port.IsEmpty && port[0] == (byte)':')
        {
            _ = Utf8Parser.TryParse(port[1..], out number, out _);
        }

        address = PacketAddress.Of(parsed, number is > 0 and <= ushort.MaxValue ? number : 0);
        return true;
    }

    public static bool TryTransport(ReadOnlySpan<byte> name, out PacketTransport transport)
    {
        transport =
            Ascii.EqualsIgnoreCase(name, "udp"u8) ? PacketTransport.Udp
            : Ascii.EqualsIgnoreCase(name, "tcp"u8) ? PacketTransport.Tcp
            : Ascii.EqualsIgnoreCase(name, "tls"u8) ? PacketTransport.Tls
            : Ascii.EqualsIgnoreCase(name, "sctp"u8) ? PacketTransport.Sctp
            : Ascii.EqualsIgnoreCase(name, "ws"u8) ? PacketTransport.WebSocket
            : Ascii.EqualsIgnoreCase(name, "wss"u8) ? PacketTransport.SecureWebSocket
            : PacketTransport.Unknown;
        return transport != PacketTransport.Unknown;
    }
}
