using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Transactions;

/// <summary>The Via of requests from here (RFC 3261 §18.1.1), with rport (RFC 3581 §3).</summary>
internal static class LocalVia
{
    internal static void Write(SipWriter writer, in Peer local, ReadOnlySpan<byte> branch)
    {
        writer.Begin(HeaderId.Via);
        WriteValue(writer, local, branch);
        writer.End();
    }

    internal static void WriteValue(SipWriter writer, in Peer local, ReadOnlySpan<byte> branch)
    {
        writer.Append("SIP/2.0/"u8);
        writer.Append(TransportName(local.Kind));
        writer.Append(" "u8);
        PeerText.AppendHostPort(writer, local);
        writer.Append(";rport;branch="u8);
        writer.Append(branch);
        if (local.Kind == TransportKind.Tls)
        {
            // Whoever has proved its domain may send its own requests over this connection too (RFC 5923 §8.1).
            writer.Append(";alias"u8);
        }
    }

    private static ReadOnlySpan<byte> TransportName(TransportKind kind) =>
        kind switch
        {
            TransportKind.Tcp => "TCP"u8,
            TransportKind.Tls => "TLS"u8,
            TransportKind.Ws => "WS"u8,
            TransportKind.Wss => "WSS"u8,
            _ => "UDP"u8,
        };
}
