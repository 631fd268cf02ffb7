using System.Buffers;

namespace Ringfence.Sip.Transport;

/// <summary>Tells what else comes to a SIP port from what may be a message, before anything is allocated.</summary>
internal static class Datagrams
{
    private const int StunHeader = 20;
    private static readonly SearchValues<byte> Padding = SearchValues.Create("\r\n\0 "u8);

    internal static DatagramKind Classify(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length <= 1 || datagram.IndexOfAnyExcept(Padding) < 0)
        {
            return DatagramKind.KeepAlive;
        }

        // The two top bits of a STUN message are zero, and the magic cookie stands at the fifth byte.
        bool isStun =
            datagram.Length >= StunHeader
            && (datagram[0] & 0xC0) == 0
            && datagram[4..8].SequenceEqual((ReadOnlySpan<byte>)[0x21, 0x12, 0xA4, 0x42]);
        return isStun ? DatagramKind.Stun : DatagramKind.Candidate;
    }
}
