using System.Buffers.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Transactions;

/// <summary>Addresses as text, without allocation.</summary>
internal static class PeerText
{
    /// <summary>Room for any address.</summary>
    internal const int MaxLength = 40;

    /// <summary>The address: dotted for IPv4, eight groups without brackets for IPv6 (RFC 5118 §4.5).</summary>
    internal static ReadOnlySpan<byte> Address(in Peer peer, Span<byte> room)
    {
        int length = 0;
        if (peer.IsIPv4)
        {
            uint address = (uint)peer.Address;
            for (int shift = 24; shift >= 0; shift -= 8)
            {
                Add((address >> shift) & 0xFF, 'D', shift == 0 ? default : (byte)'.', room, ref length);
            }
        }
        else
        {
            for (int shift = 112; shift >= 0; shift -= 16)
            {
                Add((uint)(peer.Address >> shift) & 0xFFFF, 'x', shift == 0 ? default : (byte)':', room, ref length);
            }
        }

        return room[..length];
    }

    /// <summary>host:port, an IPv6 address in brackets.</summary>
    internal static void AppendHostPort(SipWriter writer, in Peer peer)
    {
        Span<byte> room = stackalloc byte[MaxLength];
        writer.Append(peer.IsIPv4 ? default : "["u8);
        writer.Append(Address(peer, room));
        writer.Append(peer.IsIPv4 ? ":"u8 : "]:"u8);
        writer.Append(peer.Port);
    }

    /// <summary>The URI parameter that names a transport; none for UDP, which goes without saying.</summary>
    internal static ReadOnlySpan<byte> TransportParameter(TransportKind kind) =>
        kind switch
        {
            TransportKind.Tcp => ";transport=tcp"u8,
            TransportKind.Tls => ";transport=tls"u8,
            TransportKind.Ws or TransportKind.Wss => ";transport=ws"u8,
            _ => default,
        };

    private static void Add(uint number, char format, byte separator, Span<byte> room, ref int length)
    {
        Utf8Formatter.TryFormat(number, room[length..], out int written, format);
        length += written;
        if (separator != 0)
        {
            room[length++] = separator;
        }
    }
}
