using System.Runtime.CompilerServices;

namespace Ringfence.Diagnosis.Capture;

/// <summary>Packets with their bytes, copied, on their way from one thread to another.</summary>
internal sealed class PacketBatch
{
    // Small enough for the nearest caches of the two cores, and for the heap of small objects.
    private const int Packets = 400;
    private const int Bytes = 80_000;

    private readonly Entry[] _packets = new Entry[Packets];
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(Bytes);
    private int _count;
    private int _taken;

    /// <summary>What a packet is.</summary>
    public enum Kind : byte
    {
        /// <summary>Something else than SIP.</summary>
        Datagram,

        /// <summary>A SIP message.</summary>
        Sip,

        /// <summary>An ICMP error.</summary>
        Unreachable,
    }

    /// <summary>Whether a packet of this length goes into another batch: only a packet alone may be longer than a batch.</summary>
    public bool IsFullFor(int length) => _count == Packets || (_count > 0 && _bytes.Length - _taken < length);

    /// <summary>Adds a copy of a packet.</summary>
    public void Add(Kind kind, in CapturedPacket packet)
    {
        var length = packet.Payload.Length;
        if (_bytes.Length < length)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(length);
        }

        packet.Payload.CopyTo(_bytes.AsSpan(_taken));
        ref var entry = ref _packets[_count++];
        entry.Frame = packet.Frame;
        entry.Time = packet.Time;
        entry.Offset = packet.Offset;
        entry.Source = packet.Source;
        entry.Destination = packet.Destination;
        entry.Input = packet.Input;
        entry.Start = _taken;
        entry.Length = length;
        entry.Kind = kind;
        entry.Transport = packet.Transport;
        entry.Origin = packet.Origin;
        entry.Dscp = packet.Dscp;
        entry.Truncated = packet.Truncated;
        _taken += length;
    }

    /// <summary>Passes all packets on, in order.</summary>
    public void PassTo(ICaptureSink sink)
    {
        foreach (ref readonly var entry in _packets.AsSpan(0, _count))
        {
            Pass(entry, sink);
        }
    }

    /// <summary>Makes room for others.</summary>
    public void Clear() => _count = _taken = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Pass(in Entry entry, ICaptureSink sink)
    {
        var packet = new CapturedPacket
        {
            Frame = entry.Frame,
            Time = entry.Time,
            Offset = entry.Offset,
            Source = entry.Source,
            Destination = entry.Destination,
            Input = entry.Input,
            Transport = entry.Transport,
            Origin = entry.Origin,
            Dscp = entry.Dscp,
            Truncated = entry.Truncated,
            Payload = _bytes.AsSpan(entry.Start, entry.Length),
        };
        switch (entry.Kind)
        {
            case Kind.Datagram:
                sink.OnDatagram(packet);
                break;
            case Kind.Sip:
                sink.OnSip(packet);
                break;
            default:
                sink.OnUnreachable(packet);
                break;
        }
    }

    private struct Entry
    {
        public long Frame;
        public long Time;
        public long Offset;
        public PacketAddress Source;
        public PacketAddress Destination;
        public int Input;
        public int Start;
        public int Length;
        public Kind Kind;
        public PacketTransport Transport;
        public PacketOrigin Origin;
        public byte Dscp;
        public bool Truncated;
    }
}
