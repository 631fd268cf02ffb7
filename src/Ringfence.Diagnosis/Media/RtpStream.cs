using System.Runtime.CompilerServices;
using Ringfence.Diagnosis.Capture;
using Ringfence.Media.Codecs;
using Ringfence.Media.Hearing;
using Ringfence.Media.Rtp;
using Ringfence.Media.Srtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>One RTP stream: the packets of one source between two addresses (RFC 3550 §3), and how they arrived.</summary>
public sealed class RtpStream
{
    private const int Window = 3_000;

    private readonly long[] _payloadTypes = new long[128];
    private readonly SequenceWindow _window = new();
    private KeptPackets? _kept;
    private DtmfEvents? _events;
    private ushort _lastSequence;
    private uint _lastTimestamp;
    private long _lastArrival;
    private bool _started;
    private long _base;
    private long _highest;
    private long _longestGap;
    private StreamPace _pace;

    internal RtpStream(PacketAddress source, PacketAddress destination, uint ssrc)
    {
        (Source, Destination, Ssrc) = (source, destination, ssrc);
    }

    /// <summary>Who sends it.</summary>
    public PacketAddress Source { get; }

    /// <summary>Where it goes.</summary>
    public PacketAddress Destination { get; }

    /// <summary>The synchronisation source.</summary>
    public uint Ssrc { get; }

    /// <summary>Packets captured, duplicates included.</summary>
    public long Packets { get; private set; }

    /// <summary>Packets that the sequence numbers call for and that were not captured (RFC 3550 appendix A.3); below zero with duplicates.</summary>
    public long Lost => Packets == 0 ? 0 : _highest - _base + 1 - Packets;

    /// <summary>Packets whose sequence number was behind one already captured.</summary>
    public long Reordered { get; private set; }

    /// <summary>Packets captured more than once.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Runs of lost packets: how many gaps there were.</summary>
    public long LossBursts { get; private set; }

    /// <summary>The longest run of lost packets.</summary>
    public long LongestBurst { get; private set; }

    /// <summary>The longest time between two packets.</summary>
    public TimeSpan LongestGap => TimeSpan.FromTicks(_longestGap / 100);

    /// <summary>Interarrival jitter (RFC 3550 §6.4.1), at the end and at its highest, in milliseconds.</summary>
    public double Jitter { get; private set; }

    /// <summary>The highest jitter, in milliseconds.</summary>
    public double HighestJitter { get; private set; }

    /// <summary>Frame of the first packet.</summary>
    public long FirstFrame { get; private set; }

    /// <summary>Frame of the last packet.</summary>
    public long LastFrame { get; private set; }

    /// <summary>Time of the first packet, nanoseconds since 1970.</summary>
    public long Start { get; private set; }

    /// <summary>Time of the last packet, nanoseconds since 1970.</summary>
    public long End => _lastArrival;

    /// <summary>Packets of each payload type that was seen.</summary>
    public IEnumerable<(byte PayloadType, long Packets)> PayloadTypes =>
        _payloadTypes.Select((packets, type) => ((byte)type, packets)).Where(pair => pair.packets > 0);

    /// <summary>The payload type of most packets.</summary>
    public byte PayloadType => (byte)Array.IndexOf(_payloadTypes, _payloadTypes.Max());

    /// <summary>Whether the sequence numbers run as those of a stream do, and not as those of something else that looks like it.</summary>
    internal bool RunsLikeRtp => Lost <= 4 * Packets && Reordered + Duplicates <= Packets / 2;

    /// <summary>The RTP clock in use for the jitter, in Hz.</summary>
    public int ClockRate { get; internal set; } = 8_000;

    /// <summary>Digits that came in it as named events, in order.</summary>
    public IReadOnlyList<DtmfDigit> Digits => _events?.Digits ?? [];

    /// <summary>What was heard in it, once somebody has listened.</summary>
    internal IReadOnlyList<HeardSegment>? Heard { get; set; }

    /// <summary>The codec as a session description names it; null where none does.</summary>
    public string? CodecName => Format?.ToString();

    /// <summary>The differentiated services code point of the first packet.</summary>
    public byte Dscp { get; private set; }

    /// <summary>The codec of most packets, where a session description or the payload type tells it.</summary>
    internal AudioFormat? Format { get; set; }

    /// <summary>Whether a session description says that it is encrypted.</summary>
    public bool IsSecure { get; internal set; }

    /// <summary>The key that opens it, where the session descriptions carry one.</summary>
    internal SrtpMasterKey? Key { get; set; }

    /// <summary>Packets kept that no key opened, or that failed authentication under the one that opens most.</summary>
    internal int Unopened { get; set; }

    /// <summary>How loud it was, once somebody has measured.</summary>
    internal StreamEnvelope? Envelope { get; set; }

    /// <summary>Digits heard in the audio, once somebody has listened for them.</summary>
    internal IReadOnlyList<DtmfDigit>? HeardDigits { get; set; }

    /// <summary>Whether something was kept to listen to.</summary>
    public bool HasAudio => _kept is { Bytes: > 0 };

    /// <summary>The time from one packet to the next by the sender's clock, as most packets have it; null where too few tell.</summary>
    public TimeSpan? PacketTime => _pace.Step > 0 ? TimeSpan.FromSeconds(_pace.Step / (double)ClockRate) : null;

    /// <summary>The rate at which timestamps grew against the clock of the capture, in Hz; null before ten seconds.</summary>
    public double? MeasuredClock => _pace.Rate(_lastArrival);

    /// <summary>Whether packets are still kept.</summary>
    internal bool Keeps => _kept is not { IsFull: true };

    /// <summary>Keeps a packet for listening; returns by how many bytes the memory in use has grown.</summary>
    internal int Keep(ReadOnlySpan<byte> packet, AudioRoom room, int maxAudio) =>
        (_kept ??= new KeptPackets(room, maxAudio)).Add(packet);

    /// <summary>Goes through what was kept, opened with the key where there is one.</summary>
    internal void ReadKept(PayloadTaker take) => _kept?.Read(Key, take);

    /// <summary>Tries a key: tells of each packet that it opens, and returns how many it does not.</summary>
    internal int TryKey(SrtpMasterKey key, Action opened) =>
        _kept?.Read(key, (in RtpHeader _, ReadOnlySpan<byte> _) => opened()) ?? 0;

    /// <summary>Takes a packet.</summary>
    /// <remarks>Once per packet of a capture, as what it calls: too often to wait for the tiers of the compiler.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Take(in CapturedPacket packet, byte payloadType, ushort sequence, uint timestamp)
    {
        Packets++;
        _payloadTypes[payloadType & 0x7F]++;
        if (!_started)
        {
            Begin(packet, sequence, timestamp);
        }
        else
        {
            Count(sequence);
            Measure(packet.Time, timestamp);
        }

        _lastTimestamp = timestamp;
        _lastArrival = packet.Time;
        LastFrame = packet.Frame;
    }

    /// <summary>Takes a payload that has the form of a named event.</summary>
    internal void TakeEvent(in CapturedPacket packet, uint timestamp, ReadOnlySpan<byte> payload) =>
        (_events ??= new DtmfEvents()).Take(packet, timestamp, payload, ClockRate);

    private void Begin(in CapturedPacket packet, ushort sequence, uint timestamp)
    {
        _started = true;
        (Start, FirstFrame, Dscp) = (packet.Time, packet.Frame, packet.Dscp);
        (_lastSequence, _lastTimestamp) = (sequence, timestamp);
        _pace.Begin(packet.Time);
        _base = _highest = sequence;
        _window.Set();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(ushort sequence)
    {
        var step = (short)(sequence - _lastSequence);
        if (Math.Abs((int)step) > Window)
        {
            // A source that begins anew (RFC 3550 appendix A.1): what came before stays counted.
            _base += sequence - (_highest + 1);
            _highest = sequence;
            _lastSequence = sequence;
            _window.Clear();
            _window.Set();
            return;
        }

        if (step > 0)
        {
            if (step > 1)
            {
                LossBursts++;
                LongestBurst = Math.Max(LongestBurst, step - 1);
            }

            _lastSequence = sequence;
            _highest += step;
            _window.Advance(step);
            return;
        }

        if (_window.IsSet(-step))
        {
            Duplicates++;
        }
        else
        {
            Reordered++;
            _window.Mark(-step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(long time, uint timestamp)
    {
        _longestGap = Math.Max(_longestGap, time - _lastArrival);

        // Packets of one timestamp (events, video) say nothing of jitter.
        if (timestamp == _lastTimestamp)
        {
            return;
        }

        var step = unchecked((int)(timestamp - _lastTimestamp));
        _pace.Take(time, step, ClockRate);
        var sent = step * 1_000.0 / ClockRate;
        var difference = Math.Abs(((time - _lastArrival) / 1_000_000.0) - sent);
        Jitter += (difference - Jitter) / 16;
        HighestJitter = Math.Max(HighestJitter, Jitter);
    }
}
