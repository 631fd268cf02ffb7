namespace Ringfence.Media.Relay;

/// <summary>
/// Of streams that come from one address at once, as forks behind somebody else's relay do, lets one through: the first. A change of
/// stream is followed at once, and taken back when the one before goes on all the same; then the other waits until that one has stopped.
/// Streams are told apart by SSRC and by payload type, for some senders all use the same SSRC. Not thread-safe.
/// </summary>
internal sealed class StreamHold
{
    /// <summary>Three packets of the longest usual kind.</summary>
    private static readonly TimeSpan Stopped = TimeSpan.FromMilliseconds(200);

    private (uint Ssrc, byte PayloadType)? _current;
    private (uint Ssrc, byte PayloadType)? _before;
    private TimeSpan _currentAt;
    private TimeSpan _beforeAt;
    private bool _isContested;

    /// <summary>Whether the stream of the packet that was accepted last is one that was left a moment ago: what came of the other counts
    /// for nothing.</summary>
    public bool IsReturn { get; private set; }

    /// <summary>Whether a packet of audio belongs to the stream that is let through.</summary>
    public bool Accept(uint ssrc, byte payloadType, TimeSpan now)
    {
        var stream = (ssrc, payloadType);
        IsReturn = false;
        if (_current is not null && stream != _current)
        {
            if (_isContested && now - _currentAt < Stopped)
            {
                return false;
            }
            _isContested = IsReturn = stream == _before && now - _beforeAt < Stopped;
            (_before, _beforeAt) = (_current, _currentAt);
        }
        (_current, _currentAt) = (stream, now);
        return true;
    }
}
