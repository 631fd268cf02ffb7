using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Transactions;

/// <summary>Where a peer is, as Via and Contact say it.</summary>
internal static class PeerText
{
    /// <summary>Room for any address.</summary>
    internal const int MaxLength = 45;

    /// <summary>host:port, an IPv6 address in brackets.</summary>
    internal static void AppendHostPort(SipWriter writer, in Peer peer)
    {
        Span<byte> room = stackalloc byte[MaxLength];
        writer.Append(peer.IsIPv4 ? default : "["u8);
        writer.Append(peer.FormatAddress(room));
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
}
