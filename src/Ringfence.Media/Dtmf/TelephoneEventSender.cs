using Ringfence.Media.Rtp;

namespace Ringfence.Media.Dtmf;

/// <summary>
/// Sends a digit as telephone events (RFC 4733 section 2.5.1): a packet every packet time, the end three times. The
/// event takes the place of audio and moves its timeline. Not thread-safe.
/// </summary>
/// <param name="stream">The stream whose identity the events share.</param>
/// <param name="payloadType">Negotiated payload type of the events.</param>
/// <param name="unitsPerPacket">Clock units between packets, such as 160 for 20 ms at 8 kHz.</param>
public sealed class TelephoneEventSender(RtpSender stream, byte payloadType, ushort unitsPerPacket)
{
    private const int EndPackets = 3;

    /// <summary>Power that the event asks to be rendered with: -10 dBm0.</summary>
    private const byte Volume = 10;

    private byte _event;
    private uint _timestamp;
    private int _duration;
    private int _length;
    private int _endsLeft;
    private bool _isFirst;

    /// <summary>Octets of every packet.</summary>
    public const int PacketLength = RtpPacket.HeaderLength + TelephoneEvent.Length;

    /// <summary>Whether a digit is being sent.</summary>
    public bool IsSending => _endsLeft > 0;

    /// <summary>Begins a digit.</summary>
    /// <param name="digit">One of <see cref="DtmfDigit.All"/>.</param>
    /// <param name="units">Clock units that it lasts, at most 65535; at least 40 ms are wanted (section 2.3.3).</param>
    /// <exception cref="ArgumentException">It is no digit.</exception>
    public void Start(char digit, ushort units)
    {
        var code = DtmfDigit.All.IndexOf(digit, StringComparison.Ordinal);
        if (code < 0)
        {
            throw new ArgumentException("A digit is 0 to 9, *, #, or A to D.", nameof(digit));
        }
        (_event, _timestamp, _duration, _length) = ((byte)code, stream.Timestamp, 0, units);
        (_endsLeft, _isFirst) = (EndPackets, true);
    }

    /// <summary>Writes the packet of this packet time; call it once per packet time while <see cref="IsSending"/>.</summary>
    /// <param name="datagram">At least <see cref="PacketLength"/> octets.</param>
    public void Write(Span<byte> datagram)
    {
        _duration = Math.Min(_duration + unitsPerPacket, _length);
        var isEnd = _duration == _length;
        new TelephoneEvent(_event, isEnd, Volume, (ushort)_duration).Write(datagram[RtpPacket.HeaderLength..]);
        stream.WriteAt(datagram, payloadType, _isFirst, _timestamp, TelephoneEvent.Length);
        stream.Skip(unitsPerPacket);
        _isFirst = false;
        _endsLeft -= isEnd ? 1 : 0;
    }
}
