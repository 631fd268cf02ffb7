using Ringfence.Media.Rtp;

namespace Ringfence.Media.Dtmf;

/// <summary>
/// Makes digits of telephone event packets (RFC 4733 section 2.5.2). An event is known by its timestamp, so that
/// repeated ends, lost starts, lost ends and packets out of order neither double nor lose a digit. Not thread-safe.
/// </summary>
public sealed class TelephoneEventReceiver
{
    /// <summary>A step back beyond this is another timeline and no late packet: more than a minute of any clock.</summary>
    private const int MostBehind = 4_000_000;

    private bool _started;
    private uint _ssrc;
    private uint _timestamp;
    private TelephoneEvent _last;

    /// <summary>Takes a packet with the negotiated payload type.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="now">When it came.</param>
    /// <returns>The digit when this is the first packet of it that arrived, otherwise null.</returns>
    public DtmfDigit? Receive(in RtpHeader header, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (TelephoneEvent.Read(payload) is not { Digit: { } digit } current)
        {
            return null;
        }
        if (_started && header.Ssrc == _ssrc)
        {
            var ahead = unchecked((int)(header.Timestamp - _timestamp));
            // Two events with one timestamp are against section 2.3, and seen all the same.
            var isNext = ahead == 0 && current.Event != _last.Event && _last.IsEnd && header.Marker;
            if (ahead is <= 0 and > -MostBehind && !isNext)
            {
                if (ahead == 0 && current.Duration >= _last.Duration)
                {
                    _last = current;
                }
                return null;
            }
            if (ahead > 0 && !header.Marker && current.Event == _last.Event && IsSame(ahead, current))
            {
                (_timestamp, _last) = (header.Timestamp, current);
                return null;
            }
            // A tone longer than its duration field is sent in segments that join on without an end (section 2.5.1.3).
            if (current.Event == _last.Event && !_last.IsEnd && !header.Marker && ahead == ushort.MaxValue)
            {
                (_timestamp, _last) = (header.Timestamp, current);
                return null;
            }
        }
        (_started, _ssrc, _timestamp, _last) = (true, header.Ssrc, header.Timestamp, current);
        return new DtmfDigit(digit, now, DtmfSource.TelephoneEvent);
    }

    /// <summary>
    /// Some gateways let the timestamp run on with every packet of one event: it moves with the duration, or not beyond the end of
    /// what came before.
    /// </summary>
    private bool IsSame(int ahead, in TelephoneEvent current) =>
        current.Duration >= _last.Duration && (ahead == current.Duration - _last.Duration || ahead < _last.Duration);
}
