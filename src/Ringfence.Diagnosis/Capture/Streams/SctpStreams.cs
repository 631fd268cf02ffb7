using System.Buffers.Binary;
using Ringfence.Diagnosis.Capture.Link;

namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>SIP in SCTP (RFC 4168): DATA chunks (RFC 9260 §3.3.1), bundled or fragmented.</summary>
internal sealed class SctpStreams(PacketOutlet outlet, int maxMessage)
{
    private const int MaxOpen = 4_096;
    private const byte Data = 0;
    private const byte Ending = 1;
    private const byte Beginning = 2;
    private readonly Dictionary<(PacketAddress Source, PacketAddress Destination, ushort Stream), SctpMessage> _open =
    [];

    public void Packet(in FrameStamp stamp, in IpRoute route, ReadOnlySpan<byte> packet, byte dscp)
    {
        if (packet.Length < 12)
        {
            return;
        }

        var source = route.Source.WithPort(BinaryPrimitives.ReadUInt16BigEndian(packet));
        var destination = route.Destination.WithPort(BinaryPrimitives.ReadUInt16BigEndian(packet[2..]));
        var chunks = packet[12..];
        while (chunks.Length >= 4)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(chunks[2..]);
            if (length < 4)
            {
                return;
            }

            var chunk = chunks[..Math.Min(length, chunks.Length)];
            if (chunk[0] == Data && chunk.Length > 16)
            {
                DataChunk(stamp, source, destination, chunk, dscp);
            }

            chunks = chunks[Math.Min(chunks.Length, (length + 3) & ~3)..];
        }
    }

    private void DataChunk(
        in FrameStamp stamp,
        PacketAddress source,
        PacketAddress destination,
        ReadOnlySpan<byte> chunk,
        byte dscp
    )
    {
        var flags = chunk[1];
        var number = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        var key = (source, destination, BinaryPrimitives.ReadUInt16BigEndian(chunk[8..]));
        var user = chunk[16..];
        if ((flags & (Beginning | Ending)) == (Beginning | Ending))
        {
            Deliver(stamp, source, destination, user, dscp);
            return;
        }

        if ((flags & Beginning) != 0)
        {
            if (_open.Count >= MaxOpen)
            {
                _open.Clear();
            }

            _open[key] = new SctpMessage(number, user);
        }
        else if (_open.TryGetValue(key, out var message) && message.TryAppend(number, user, maxMessage))
        {
            if ((flags & Ending) != 0)
            {
                _open.Remove(key);
                Deliver(stamp, source, destination, message.Bytes, dscp);
            }
        }
    }

    private void Deliver(
        in FrameStamp stamp,
        PacketAddress source,
        PacketAddress destination,
        ReadOnlySpan<byte> user,
        byte dscp
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
                Truncated = stamp.Snapped,
                Payload = user,
            }
        );
}
