using Ringfence.Sip.Lanes;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Auth;

/// <summary>
/// A lane's clients, one for each login and address that it is used at, so that a challenge is kept for the next request. Forgets all
/// when it is full.
/// </summary>
/// <param name="random">Where client nonces come from: the lane's.</param>
public sealed class DigestClients(LaneRandom random)
{
    private const int Capacity = 1024;
    private readonly Dictionary<(DigestLogin Login, Peer Peer), DigestClient> _clients = [];
    private readonly Dictionary<Peer, DigestClient?> _used = [];

    /// <summary>The way of one request to an address, with its credentials.</summary>
    /// <param name="login">Who we are there.</param>
    /// <param name="peer">The address; it is the one that may challenge.</param>
    public DigestExchange Begin(DigestLogin login, in Peer peer) => new(Of(login, peer));

    /// <summary>The client that has been used at an address; null where none has, or more than one.</summary>
    internal DigestClient? At(in Peer peer)
    {
        var at = new Peer(peer.Kind, peer.Address, peer.Port);
        return _used.GetValueOrDefault(at);
    }

    /// <summary>The client of a login at an address.</summary>
    /// <param name="login">Who we are there.</param>
    /// <param name="peer">The address; it is the one that may challenge.</param>
    public DigestClient Of(DigestLogin login, in Peer peer)
    {
        ArgumentNullException.ThrowIfNull(login);
        var key = (login, new Peer(peer.Kind, peer.Address, peer.Port));
        if (!_clients.TryGetValue(key, out DigestClient? client))
        {
            if (_clients.Count == Capacity)
            {
                _clients.Clear();
                _used.Clear();
            }

            client = new DigestClient(new DigestAccount(peer, login.Realm, login.User, login.Secret), random);
            _clients.Add(key, client);
            _used[key.Item2] = _used.ContainsKey(key.Item2) ? null : client;
        }

        return client;
    }
}
