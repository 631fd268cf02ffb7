namespace Ringfence.Media.Rtp;

/// <summary>
/// The identity of one outgoing stream: one SSRC, sequence numbers without a gap, timestamps that follow the media
/// timeline, whatever source feeds it. Not thread-safe.
/// </summary>
public sealed class RtpSender
{
    private ushort _sequence;
    private bool _markNext = true;

    /// <summary>Starts a stream.</summary>
    /// <param name="random">Gives SSRC, first sequence number and first timestamp (RFC 3550 section 5.1).</param>
    public RtpSender(Random random)
        : this((uint)random.NextInt64(1L << 32), (ushort)random.Next(1 << 16), (uint)random.NextInt64(1L << 32)) { }

    /// <summary>Starts a stream with given numbers.</summary>
    public RtpSender(uint ssrc, ushort firstSequence, uint firstTimestamp)
    {
        Ssrc = ssrc;
        _sequence = firstSequence;
        Timestamp = firstTimestamp;
    }

    /// <summary>Synchronization source of every packet.</summary>
    public uint Ssrc { get; }

    /// <summary>Timestamp of the next audio packet.</summary>
    public uint Timestamp { get; private set; }

    /// <summary>Packets written.</summary>
    public long Packets { get; private set; }

    /// <summary>Octets of payload written.</summary>
    public long Octets { get; private set; }

    /// <summary>Another source begins: the next audio packet bears the marker bit.</summary>
    public void BeginSource() => _markNext = true;

    /// <summary>Time passes in which nothing is sent; the next audio packet begins a talkspurt and is marked.</summary>
    /// <param name="units">Clock units.</param>
    public void Skip(uint units)
    {
        Advance(units);
        _markNext = true;
    }

    /// <summary>Time passes whose media was lost on its way here: no talkspurt ends by that.</summary>
    /// <param name="units">Clock units.</param>
    public void Advance(uint units) => Timestamp += units;

    /// <summary>Writes the header of the next audio packet and moves the timeline on.</summary>
    /// <param name="datagram">Where it goes; the payload belongs behind it.</param>
    /// <param name="payloadType">Payload type.</param>
    /// <param name="payloadLength">Octets of payload, for the counters.</param>
    /// <param name="units">Clock units that the payload lasts.</param>
    public void WriteAudio(Span<byte> datagram, byte payloadType, int payloadLength, uint units)
    {
        Write(datagram, payloadType, _markNext, Timestamp, payloadLength);
        _markNext = false;
        Timestamp += units;
    }

    /// <summary>
    /// Writes the header of a packet that does not move the timeline, such as a telephone event, whose timestamp is
    /// its beginning (RFC 4733 section 2.2).
    /// </summary>
    /// <param name="datagram">Where it goes; the payload belongs behind it.</param>
    /// <param name="payloadType">Payload type.</param>
    /// <param name="marker">Whether it is the first of its event.</param>
    /// <param name="timestamp">Timestamp of the event.</param>
    /// <param name="payloadLength">Octets of payload, for the counters.</param>
    public void WriteAt(Span<byte> datagram, byte payloadType, bool marker, uint timestamp, int payloadLength) =>
        Write(datagram, payloadType, marker, timestamp, payloadLength);

    private void Write(Span<byte> datagram, byte payloadType, bool marker, uint timestamp, int payloadLength)
    {
        RtpPacket.WriteHeader(datagram, new RtpHeader(payloadType, marker, _sequence++, timestamp, Ssrc));
        Packets++;
        Octets += payloadLength;
    }
}
