using System.Buffers.Binary;
using Ringfence.Diagnosis.Capture.Link;

namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>SIP in SCTP (RFC 4168): DATA and I-DATA chunks (RFC 9260 §3.3.1, RFC 8260 §2.1), bundled, fragmented, in any order, sent again.</summary>
internal sealed class SctpStreams(PacketOutlet outlet, int maxMessage)
{
    private const int CommonHeader = 12;
    private const int MaxDirections = 4_096;
    private readonly Dictionary<(uint Tag, ushort Source, ushort Destination), SctpDirection> _open = [];
    private readonly Queue<(uint Tag, ushort Source, ushort Destination)> _age = new();

    /// <summary>
    /// Whether bytes in a datagram are a packet of SCTP (RFC 6951 §4): its chunks must fill it, as other things may come by the same port.
    /// </summary>
    public static bool Is(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < CommonHeader + 4)
        {
            return false;
        }

        var chunks = packet[CommonHeader..];
        while (chunks.Length >= 4)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(chunks[2..]);
            if (length < 4 || length > chunks.Length)
            {
                return false;
            }

            chunks = chunks[Math.Min(chunks.Length, Padded(length))..];
        }

        return chunks.IsEmpty;
    }

    public void Packet(in FrameStamp stamp, in IpRoute route, ReadOnlySpan<byte> packet, byte dscp)
    {
        if (packet.Length < CommonHeader)
        {
            return;
        }

        var source = route.Source.WithPort(BinaryPrimitives.ReadUInt16BigEndian(packet));
        var destination = route.Destination.WithPort(BinaryPrimitives.ReadUInt16BigEndian(packet[2..]));

        // An association may have several addresses: its tag, which the receiver chose, says which it is (RFC 9260 §8.5).
        var key = (BinaryPrimitives.ReadUInt32BigEndian(packet[4..]), source.Port, destination.Port);
        var chunks = packet[CommonHeader..];
        while (chunks.Length >= 4)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(chunks[2..]);
            if (length < 4)
            {
                return;
            }

            var bytes = chunks[..Math.Min(length, chunks.Length)];
            if (SctpChunk.TryRead(bytes, out var chunk) && Direction(key).Takes(chunk, out var message))
            {
                Deliver(stamp, source, destination, message, dscp, length > bytes.Length);
            }

            chunks = chunks[Math.Min(chunks.Length, Padded(length))..];
        }
    }

    private SctpDirection Direction((uint Tag, ushort Source, ushort Destination) key)
    {
        if (_open.TryGetValue(key, out var direction))
        {
            return direction;
        }

        if (_open.Count >= MaxDirections && _age.TryDequeue(out var oldest))
        {
            _open.Remove(oldest);
        }

        _age.Enqueue(key);
        _open.Add(key, direction = new SctpDirection(maxMessage));
        return direction;
    }

    private void Deliver(
        in FrameStamp stamp,
        PacketAddress source,
        PacketAddress destination,
        ReadOnlySpan<byte> message,
        byte dscp,
        bool cut
    ) =>
        _ = outlet.TrySip(
            new CapturedPacket
            {
                Frame = stamp.Number,
                Time = stamp.Time,
                Input = stamp.Input,
                Source = source,
                Destination = destination,
                Transport = PacketTransport.Sctp,
                Dscp = dscp,
                Truncated = cut,
                Payload = message,
            }
        );

    private static int Padded(int length) => (length + 3) & ~3;
}
