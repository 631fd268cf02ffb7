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
    // No type of payload yet, and more than one of them.
    private const short NoType = -1;
    private const short ManyTypes = -2;

    private StreamArrivals _arrivals;
    private KeptPackets _kept;
    private PayloadTypeCounts _types;
    private AudioRoom? _room;
    private DtmfEvents? _events;
    private StreamEnvelope? _passing;
    private StreamEnvelope? _envelope;
    private short _measured = NoType;

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
    public long Packets => _arrivals.Packets;

    /// <summary>Packets that the sequence numbers call for and that were not captured (RFC 3550 appendix A.3); below zero with duplicates.</summary>
    public long Lost => _arrivals.Lost;

    /// <summary>Packets whose sequence number was behind one already captured.</summary>
    public long Reordered => _arrivals.Reordered;

    /// <summary>Packets captured more than once.</summary>
    public long Duplicates => _arrivals.Duplicates;

    /// <summary>Runs of lost packets: how many gaps there were.</summary>
    public long LossBursts => _arrivals.LossBursts;

    /// <summary>The longest run of lost packets.</summary>
    public long LongestBurst => _arrivals.LongestBurst;

    /// <summary>The longest time between two packets.</summary>
    public TimeSpan LongestGap => TimeSpan.FromTicks(_arrivals.LongestGap / 100);

    /// <summary>When the longest time between two packets began, in nanoseconds since 1970; 0 before there was one.</summary>
    internal long LongestGapFrom => _arrivals.LongestGapFrom;

    /// <summary>When its sequence numbers last began anew (RFC 3550 appendix A.1); 0 if they never did.</summary>
    internal long Restarted => _arrivals.Restarted;

    /// <summary>Interarrival jitter (RFC 3550 §6.4.1), at the end and at its highest, in milliseconds.</summary>
    public double Jitter => _arrivals.Jitter;

    /// <summary>The highest jitter, in milliseconds.</summary>
    public double HighestJitter => _arrivals.HighestJitter;

    /// <summary>Frame of the first packet.</summary>
    public long FirstFrame { get; private set; }

    /// <summary>Frame of the last packet.</summary>
    public long LastFrame { get; private set; }

    /// <summary>Time of the first packet, nanoseconds since 1970.</summary>
    public long Start { get; private set; }

    /// <summary>Time of the last packet, nanoseconds since 1970.</summary>
    public long End => _arrivals.Last;

    /// <summary>Packets of each payload type that was seen.</summary>
    public IEnumerable<(byte PayloadType, long Packets)> PayloadTypes => _types.All;

    /// <summary>The payload type of most packets.</summary>
    public byte PayloadType => _types.Most;

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

    /// <summary>How loud what was kept of it was, once somebody has asked.</summary>
    internal StreamEnvelope Envelope => _envelope ??= Passed ?? StreamEnvelope.Of(this);

    /// <summary>Digits heard in the audio, once somebody has listened for them.</summary>
    internal IReadOnlyList<DtmfDigit>? HeardDigits { get; set; }

    /// <summary>Whether something was kept to listen to.</summary>
    public bool HasAudio => !_kept.IsEmpty;

    /// <summary>The time from one packet to the next by the sender's clock, as most packets have it; null where too few tell.</summary>
    public TimeSpan? PacketTime => _arrivals.Step > 0 ? TimeSpan.FromSeconds(_arrivals.Step / (double)ClockRate) : null;

    /// <summary>The rate at which timestamps grew against the clock of the capture, in Hz; null before ten seconds.</summary>
    public double? MeasuredClock => _arrivals.Rate;

    /// <summary>Whether packets are still kept.</summary>
    internal bool Keeps => !_kept.IsFull;

    /// <summary>Keeps a packet for listening; returns by how many bytes the memory in use has grown.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Keep(in CapturedPacket packet, byte payloadType, AudioRoom room, int maxAudio)
    {
        // Once, as storing a reference costs more than to look.
        _room ??= room;
        if (payloadType is 0 or 8 && !IsSecure && G711Loudness.LooksAt(packet.Payload))
        {
            // What is at hand is measured more cheaply than what has to be come back for; a longer header is left for then.
            var loudness = packet.Left > 0 ? packet.Loudness : G711Loudness.OfPacket(packet.Payload);
            var isPlain = loudness >= 0 && (_measured == payloadType || _measured == NoType);
            _measured = isPlain ? payloadType : ManyTypes;
            if (isPlain)
            {
                (_passing ??= new StreamEnvelope()).Take(loudness, packet.Length - RtpPacket.HeaderLength);
            }
        }

        return _kept.Add(packet, room, maxAudio);
    }

    // What was measured as it passed, if that was all of the audio.
    private StreamEnvelope? Passed =>
        _measured == PayloadType && Format == (PayloadType == 8 ? AudioFormat.Pcma : AudioFormat.Pcmu)
            ? _passing
            : null;

    /// <summary>Goes through what was kept, opened with the key where there is one.</summary>
    internal void ReadKept(PayloadTaker take) => _ = _room is null ? 0 : _kept.Read(_room, Key, Ssrc, take);

    /// <summary>Tries a key: tells of each packet that it opens, and returns how many it does not.</summary>
    internal int TryKey(SrtpMasterKey key, Action opened) =>
        _room is null ? 0 : _kept.Read(_room, key, Ssrc, (in RtpHeader _, ReadOnlySpan<byte> _) => opened());

    /// <summary>Takes a packet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Take(in CapturedPacket packet, byte payloadType, ushort sequence, uint timestamp, bool isEvent)
    {
        _types.Count(payloadType);
        LastFrame = packet.Frame;
        if (_arrivals.Packets > 0)
        {
            _arrivals.Take(packet.Time, sequence, timestamp, ClockRate, isEvent);
            return;
        }

        (Start, FirstFrame, Dscp) = (packet.Time, packet.Frame, packet.Dscp);
        _arrivals.Begin(packet.Time, sequence, timestamp);
    }

    /// <summary>Whether it has this source and goes this way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Is(in CapturedPacket packet, uint ssrc) =>
        Ssrc == ssrc
        && Source.Port == packet.Source.Port
        && Destination.Port == packet.Destination.Port
        && Source.Bits.Low == packet.Source.Bits.Low
        && Destination.Bits.Low == packet.Destination.Bits.Low
        && Source.Bits.High == packet.Source.Bits.High
        && Destination.Bits.High == packet.Destination.Bits.High;

    /// <summary>Takes a payload that has the form of a named event.</summary>
    internal void TakeEvent(in CapturedPacket packet, uint timestamp, ReadOnlySpan<byte> payload) =>
        (_events ??= new DtmfEvents()).Take(packet, timestamp, payload, ClockRate);
}
