using Ringfence.Media.Rtp;

namespace Ringfence.Media.Relay;

/// <content>The own timeline: it follows the far side's while that is passed on, and the clock where it is not.</content>
internal sealed partial class OutgoingStream
{
    /// <summary>A step of the far side's timestamps beyond this is another timeline, not silence.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(20);

    private RelayStream? _anchor;
    private uint _farBase;
    private uint _ownBase;
    private TimeSpan _sentUntil;

    /// <summary>Media time of this moment.</summary>
    public uint TimestampAt(TimeSpan now) =>
        side.Sender.Timestamp - (uint)(long)((_sentUntil - now).TotalSeconds * ClockRate);

    /// <summary>Moves the own timeline to where the far side's is.</summary>
    private void Follow(RelayStream from, in RtpHeader header, RtpArrival arrival, TimeSpan now)
    {
        var step = unchecked((int)(OwnTime(from, header.Timestamp) - side.Sender.Timestamp));
        if (
            _anchor != from
            || arrival is RtpArrival.First or RtpArrival.Restarted
            || step < 0
            || step > LongestSilence.TotalSeconds * ClockRate
        )
        {
            Anchor(from, header.Timestamp, now);
            side.Sender.BeginSource();
        }
        else if (step > 0 && !header.Marker && (arrival == RtpArrival.AfterGap || _codec is null))
        {
            // Lost packets, or an encoding whose packets last longer than was assumed.
            side.Sender.Advance((uint)step);
            _isAfterLoss = true;
        }
        else if (step > 0)
        {
            side.Sender.Skip((uint)step);
        }
    }

    private void Anchor(RelayStream from, uint timestamp, TimeSpan now)
    {
        CatchUp(now);
        _filler.Clear();
        (_anchor, _farBase, _ownBase) = (from, timestamp, side.Sender.Timestamp);
    }

    /// <summary>A time of the far side on this side's timeline.</summary>
    private uint OwnTime(RelayStream from, uint timestamp)
    {
        var since = timestamp - _farBase;
        return from.ClockRate == ClockRate
            ? _ownBase + since
            : _ownBase + (uint)((long)unchecked((int)since) * ClockRate / from.ClockRate);
    }

    /// <summary>While nothing was sent, the timeline went on: by whole frames, so that jitter leaves no trace.</summary>
    private void CatchUp(TimeSpan now)
    {
        var behind = now - _sentUntil;
        // What waits in the filler is not behind: a packet of 60 ms is filled by three frames.
        var frame = MediaClock.Interval * (1 + (side.Audio?.PacketTime ?? 20) / 20);
        if (side.Sender.Packets > 0 && behind >= frame)
        {
            var frames = (long)(behind / MediaClock.Interval);
            side.Sender.Skip((uint)(frames * MediaClock.Interval.TotalSeconds * ClockRate));
            _sentUntil += frames * MediaClock.Interval;
            _filler.Clear();
        }
    }

    /// <summary>Whether the own timeline has gone its own way: what is converted goes by the clock here.</summary>
    private bool HasDrifted(RelayStream from, uint timestamp) =>
        Math.Abs((long)unchecked((int)(OwnTime(from, timestamp) - side.Sender.Timestamp))) > ClockRate / 4;
}
