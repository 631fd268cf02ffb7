using System.Buffers.Binary;
using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>
/// A flow as text in the user part of a recorded route (RFC 5626 §5.2): transport, listener, port, address and connection in hexadecimal,
/// then the domain that a TLS peer has to prove. It holds what is needed to find the flow again, so that nothing is kept here.
/// </summary>
internal static class FlowToken
{
    private const int Octets = 28;
    private const int Digits = Octets * 2;
    private const int MaxDomain = 255;

    internal static void Write(SipWriter text, in Peer flow)
    {
        Span<byte> bytes = stackalloc byte[Octets];
        bytes[0] = (byte)flow.Kind;
        bytes[1] = (byte)flow.Listener;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], flow.Port);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[4..], flow.Address);
        BinaryPrimitives.WriteInt64BigEndian(bytes[20..], flow.Connection);
        Span<byte> hex = stackalloc byte[Digits];
        Convert.TryToHexStringLower(bytes, hex, out _);
        text.Append(hex);
        if (flow.Domain is { Length: <= MaxDomain } domain)
        {
            Span<byte> name = stackalloc byte[domain.Length];
            text.Append(name[..Encoding.ASCII.GetBytes(domain, name)]);
        }
    }

    /// <summary>Reads it back; false for what <see cref="Write"/> has not written.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> text, out Peer flow)
    {
        Span<byte> bytes = stackalloc byte[Octets];
        flow = default;
        if (
            text.Length < Digits
            || Convert.FromHexString(text[..Digits], bytes, out _, out _) != System.Buffers.OperationStatus.Done
            || bytes[0] > (byte)TransportKind.Wss
        )
        {
            return false;
        }

        flow = new Peer(
            (TransportKind)bytes[0],
            BinaryPrimitives.ReadUInt128BigEndian(bytes[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            bytes[1],
            BinaryPrimitives.ReadInt64BigEndian(bytes[20..]),
            text.Length > Digits ? Encoding.ASCII.GetString(text[Digits..]) : null
        );
        return true;
    }
}
