using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Transport;

/// <summary>
/// Peers that do not take TCP: RFC 3261 §18.1.1 falls back to UDP when a large request's connection is refused. What was
/// refused is not tried again for ten minutes. A lane's own; forgets everything when full.
/// </summary>
internal sealed class StreamRefusals(Lane lane)
{
    /// <summary>Requests over UDP are at most this long while the path's MTU is not known (§18.1.1).</summary>
    internal const int LargestDatagramRequest = 1300;

    private const int Capacity = 1024;
    private const long Remembered = 10 * 60 * 1000;
    private readonly Dictionary<(UInt128 Address, ushort Port), long> _until = [];

    internal void Add(in Peer peer)
    {
        if (_until.Count == Capacity)
        {
            _until.Clear();
        }

        _until[(peer.Address, peer.Port)] = lane.Now + Remembered;
    }

    internal bool Holds(in Peer peer) =>
        _until.TryGetValue((peer.Address, peer.Port), out long until) && lane.Now < until;
}
