namespace Ringfence.Diagnosis.Capture;

/// <summary>Some hundred packets with copies of their payloads, on their way from one thread to another.</summary>
internal sealed class PacketBatch
{
    private const int MaxPackets = 1_024;
    private const int Room = 1 << 17;

    private readonly Entry[] _entries = new Entry[MaxPackets];
    private byte[] _bytes = new byte[Room];
    private int _count;
    private int _filled;

    /// <summary>What a packet is.</summary>
    public enum Kind : byte
    {
        /// <summary>A SIP message.</summary>
        Sip,

        /// <summary>A datagram.</summary>
        Datagram,

        /// <summary>An ICMP error.</summary>
        Unreachable,
    }

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Takes a packet; false if there is no room. An empty batch has room for any.</summary>
    public bool TryAdd(Kind kind, in CapturedPacket packet)
    {
        var length = packet.Payload.Length;
        if (_count == MaxPackets || (_filled + length > _bytes.Length && _count > 0))
        {
            return false;
        }

        if (length > _bytes.Length)
        {
            _bytes = new byte[length];
        }

        packet.Payload.CopyTo(_bytes.AsSpan(_filled));
        ref var entry = ref _entries[_count++];
        entry.Frame = packet.Frame;
        entry.Time = packet.Time;
        entry.Source = packet.Source;
        entry.Destination = packet.Destination;
        entry.Input = packet.Input;
        entry.Offset = _filled;
        entry.Length = length;
        entry.Transport = packet.Transport;
        entry.Origin = packet.Origin;
        entry.Dscp = packet.Dscp;
        entry.Truncated = packet.Truncated;
        entry.Kind = kind;
        _filled += length;
        return true;
    }

    /// <summary>Hands the packets on in their order, and is empty again.</summary>
    public void Deliver(ICaptureSink sink)
    {
        foreach (ref readonly var entry in _entries.AsSpan(0, _count))
        {
            var packet = new CapturedPacket
            {
                Frame = entry.Frame,
                Time = entry.Time,
                Input = entry.Input,
                Source = entry.Source,
                Destination = entry.Destination,
                Transport = entry.Transport,
                Origin = entry.Origin,
                Dscp = entry.Dscp,
                Truncated = entry.Truncated,
                Payload = _bytes.AsSpan(entry.Offset, entry.Length),
            };
            switch (entry.Kind)
            {
                case Kind.Sip:
                    sink.OnSip(packet);
                    break;
                case Kind.Datagram:
                    sink.OnDatagram(packet);
                    break;
                default:
                    sink.OnUnreachable(packet);
                    break;
            }
        }

        Clear();
    }

    /// <summary>Forgets the packets.</summary>
    public void Clear() => _count = _filled = 0;

    private struct Entry
    {
        public PacketAddress Source;
        public PacketAddress Destination;
        public long Frame;
        public long Time;
        public int Input;
        public int Offset;
        public int Length;
        public PacketTransport Transport;
        public PacketOrigin Origin;
        public byte Dscp;
        public bool Truncated;
        public Kind Kind;
    }
}
