namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>
/// The addresses of the machine that wrote a log. It names its peers only; its own address stands in the Via of requests that it sent and of
/// responses that it got, so what the whole log says of it is gathered first.
/// </summary>
internal sealed class LogHosts
{
    private const int MaxRequests = 4_096;
    private readonly Dictionary<string, PacketAddress> _asked = new(StringComparer.Ordinal);
    private const int MaxPeers = 4_096;
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

    /// <summary>Notes to whom a request went, by the branch of its Via.</summary>
    public void Ask(string branch, PacketAddress peer)
    {
        if (_asked.Count >= MaxRequests)
        {
            _asked.Clear();
        }

        _asked[branch] = peer;
    }

    /// <summary>Who was asked and so answers; unknown if nobody was.</summary>
    public PacketAddress Asked(string branch) => _asked.GetValueOrDefault(branch);
}
