using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Transactions;

/// <summary>The client transactions, found by branch and method (RFC 3261 §17.1.3), and by peer when a transport fails.</summary>
internal sealed class ClientTable(KeyedHash hash)
{
    private readonly ChainedTable<ClientTransaction, ByBranch> _byBranch = new();
    private readonly ChainedTable<ClientTransaction, ByPeer> _byPeer = new();

    internal int Count => _byBranch.Count;

    internal ClientTransaction? Find(ReadOnlySpan<byte> branch, ReadOnlySpan<byte> method)
    {
        ClientTransaction? found = _byBranch.First(hash.Of(branch));
        while (found is not null && !(found.Branch.SequenceEqual(branch) && IsMethod(found, method)))
        {
            found = _byBranch.Next(found);
        }

        return found;
    }

    /// <summary>Some transaction that a failed transport to this peer ends; null when there is none.</summary>
    internal ClientTransaction? FindFailing(in Peer peer)
    {
        ClientTransaction? found = _byPeer.First(Place(peer));
        while (found is not null && !(found.CanFail && IsSamePlace(found.Peer, peer)))
        {
            found = _byPeer.Next(found);
        }

        return found;
    }

    internal void Add(ClientTransaction transaction)
    {
        _byBranch.Add(transaction, hash.Of(transaction.Branch));
        _byPeer.Add(transaction, Place(transaction.Peer));
    }

    internal void Remove(ClientTransaction transaction)
    {
        _byBranch.Remove(transaction);
        _byPeer.Remove(transaction);
    }

    // A CANCEL has the branch of its INVITE; all other branches are used once.
    private static bool IsMethod(ClientTransaction transaction, ReadOnlySpan<byte> method) =>
        transaction.Method == SipMethods.Parse(method);

    private static ulong Place(in Peer peer) => (ulong)peer.Address * 31 + peer.Port;

    private static bool IsSamePlace(in Peer one, in Peer other) =>
        one.Kind == other.Kind && one.Address == other.Address && one.Port == other.Port;

    private readonly struct ByBranch : IChain<ClientTransaction>
    {
        public static ref ChainLink<ClientTransaction> LinkOf(ClientTransaction item) => ref item.BranchLink;
    }

    private readonly struct ByPeer : IChain<ClientTransaction>
    {
        public static ref ChainLink<ClientTransaction> LinkOf(ClientTransaction item) => ref item.PeerLink;
    }
}
