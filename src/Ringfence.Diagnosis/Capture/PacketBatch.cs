using System.Runtime.CompilerServices;
using Ringfence.Diagnosis.Media;
using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Capture;

/// <summary>Packets with their bytes, copied, on their way from one thread to another.</summary>
internal sealed class PacketBatch
{
    // Small enough for the nearest caches of the two cores, and for the heap of small objects.
    private const int Packets = 700;
    private const int Bytes = 80_000;

    // Of RTP the header is asked for, and the four bytes of a named event (RFC 4733 §2.3).
    private const int Head = RtpPacket.HeaderLength + 4;

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
        var payload = packet.Payload;
        ref var entry = ref _packets[_count++];
        entry.Left = 0;
        if (kind == Kind.Datagram && packet.Offset > 0 && payload.Length > Head && IsRtp(payload))
        {
            entry.Left = payload.Length - Head;
            entry.Loudness = G711Loudness.LooksAt(payload) ? G711Loudness.OfPacket(payload) : -1;
            payload = payload[..Head];
        }

        var length = payload.Length;
        if (_bytes.Length < length)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(length);
        }

        payload.CopyTo(_bytes.AsSpan(_taken));
        entry.Frame = packet.Frame;
        entry.Time = packet.Time;
        entry.Offset = packet.Offset;
        entry.SourceHigh = packet.Source.Bits.High;
        entry.SourceLow = packet.Source.Bits.Low;
        entry.SourcePort = packet.Source.Port;
        entry.DestinationHigh = packet.Destination.Bits.High;
        entry.DestinationLow = packet.Destination.Bits.Low;
        entry.DestinationPort = packet.Destination.Port;
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

    // RFC 3550 §5.1, and not RTCP (RFC 5761 §4).
    private static bool IsRtp(ReadOnlySpan<byte> payload) => payload[0] >> 6 == 2 && payload[1] is < 192 or > 223;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Pass(in Entry entry, ICaptureSink sink)
    {
        var packet = new CapturedPacket
        {
            Frame = entry.Frame,
            Time = entry.Time,
            Offset = entry.Offset,
            Source = new(new(entry.SourceHigh, entry.SourceLow), entry.SourcePort),
            Destination = new(new(entry.DestinationHigh, entry.DestinationLow), entry.DestinationPort),
            Input = entry.Input,
            Transport = entry.Transport,
            Origin = entry.Origin,
            Dscp = entry.Dscp,
            Truncated = entry.Truncated,
            Left = entry.Left,
            Loudness = entry.Loudness,
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

    // Addresses word by word: a processor that writes words and reads them back as something larger has to wait for itself.
    private struct Entry
    {
        public long Frame;
        public long Time;
        public long Offset;
        public long Loudness;
        public ulong SourceHigh;
        public ulong SourceLow;
        public ulong DestinationHigh;
        public ulong DestinationLow;
        public int Input;
        public int Start;
        public int Length;
        public int Left;
        public ushort SourcePort;
        public ushort DestinationPort;
        public Kind Kind;
        public PacketTransport Transport;
        public PacketOrigin Origin;
        public byte Dscp;
        public bool Truncated;
    }
}
