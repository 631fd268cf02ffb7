using System.Buffers.Binary;
using Ringfence.Diagnosis.Capture.Fetches;
using Ringfence.Diagnosis.Capture.Link;
using Ringfence.Diagnosis.Capture.Tls;

namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>TCP connections (RFC 9293), bounded: the one not used for longest goes first.</summary>
internal sealed class TcpConnections(PacketOutlet outlet, CaptureOptions options, KeyLog keys)
{
    private const byte Fin = 0x01;
    private const byte Syn = 0x02;
    private const byte Rst = 0x04;
    private const byte Ack = 0x10;

    private readonly Dictionary<(PacketAddress Low, PacketAddress High), TcpConnection> _open = [];
    private readonly Queue<TcpConnection> _age = new();

    public TcpCounters Counters { get; } = new();

    public void Segment(in FrameStamp stamp, in IpRoute route, ReadOnlySpan<byte> segment, byte dscp)
    {
        if (segment.Length < 20)
        {
            return;
        }

        var header = (segment[12] >> 4) * 4;
        if (header < 20 || header > segment.Length)
        {
            return;
        }

        var source = route.Source.WithPort(BinaryPrimitives.ReadUInt16BigEndian(segment));
        var destination = route.Destination.WithPort(BinaryPrimitives.ReadUInt16BigEndian(segment[2..]));
        var flags = segment[13];
        var payload = segment[header..];
        var connection = Find(source, destination, payload.Length > 0 || (flags & Syn) != 0);
        if (connection is null)
        {
            return;
        }

        connection.Used = true;
        if (FetchLog.IsWeb(source.Port) || FetchLog.IsWeb(destination.Port))
        {
            Watch(connection.Fetch, stamp, flags, source, destination);
        }

        var direction = connection.From(source);
        if ((flags & Ack) != 0)
        {
            connection.Opposite(direction).Acknowledged(stamp, BinaryPrimitives.ReadUInt32BigEndian(segment[8..]));
        }

        direction.Dscp = dscp;
        direction.Segment(
            stamp,
            BinaryPrimitives.ReadUInt32BigEndian(segment[4..]),
            (flags & Syn) != 0,
            payload,
            Math.Max(route.Length - header, payload.Length)
        );
        if ((flags & (Fin | Rst)) != 0)
        {
            direction.Ended(stamp);
        }
    }

    private static void Watch(
        FetchWatch fetch,
        in FrameStamp stamp,
        byte flags,
        PacketAddress source,
        PacketAddress destination
    )
    {
        if ((flags & Rst) != 0)
        {
            fetch.Reset(stamp, source);
        }
        else if ((flags & (Syn | Ack)) == Syn)
        {
            fetch.Asked(stamp, source, destination);
        }
        else if ((flags & Ack) != 0)
        {
            fetch.Opened(stamp);
        }
    }

    /// <summary>Reads over what is missing: no more will come.</summary>
    public void Flush()
    {
        foreach (var connection in _open.Values)
        {
            connection.Flush();
        }
    }

    private TcpConnection? Find(PacketAddress source, PacketAddress destination, bool create)
    {
        var key = IsLow(source, destination) ? (source, destination) : (destination, source);
        if (_open.TryGetValue(key, out var connection) || !create)
        {
            return connection;
        }

        while (_age.Count * 2 >= options.MaxTcpDirections && _age.TryDequeue(out var oldest))
        {
            if (oldest.Used)
            {
                oldest.Used = false;
                _age.Enqueue(oldest);
            }
            else
            {
                oldest.Flush();
                _open.Remove((oldest.Low, oldest.High));
            }
        }

        connection = new TcpConnection(key.Item1, key.Item2, outlet, options, keys, Counters);
        _open.Add(key, connection);
        _age.Enqueue(connection);
        return connection;
    }

    private static bool IsLow(PacketAddress left, PacketAddress right) =>
        (left.Bits.High, left.Bits.Low, left.Port).CompareTo((right.Bits.High, right.Bits.Low, right.Port)) <= 0;
}
