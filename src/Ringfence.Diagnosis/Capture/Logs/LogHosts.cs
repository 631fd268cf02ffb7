namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>
/// The addresses of the machine that wrote a log. It names its peers only; its own address stands in the Via of requests that it sent and of
/// responses that it got, so what the whole log says of it is gathered first.
/// </summary>
internal sealed class LogHosts
{
    private const int MaxCalls = 4_096;
    private const int MaxPeers = 4_096;
    private readonly Dictionary<string, PacketAddress> _peers = new(StringComparer.Ordinal);
    private readonly Dictionary<PacketAddress, PacketAddress> _towards = [];
    private PacketAddress _first;

    /// <summary>Takes the address from which the machine talked to a peer.</summary>
    public void Learn(PacketAddress peer, PacketAddress own)
    {
        _first = _first.IsUnknown ? own : _first;
        if (!peer.IsUnknown && _towards.Count < MaxPeers)
        {
            _ = _towards.TryAdd(peer, own);
        }
    }

    /// <summary>The address of the machine towards a peer: the one that it used with it, otherwise the first that is known.</summary>
    public PacketAddress Towards(PacketAddress peer) => _towards.GetValueOrDefault(peer, _first);

    /// <summary>
    /// The peer of a Call-ID, where a log says "sent" and no more: whom its first message named, for all that follow, as later requests may
    /// name another address of the same peer.
    /// </summary>
    public PacketAddress PeerOf(string callId, PacketAddress named)
    {
        if (_peers.TryGetValue(callId, out var peer) || _peers.Count >= MaxCalls)
        {
            return peer;
        }

        _peers.Add(callId, named);
        return named;
    }
}
