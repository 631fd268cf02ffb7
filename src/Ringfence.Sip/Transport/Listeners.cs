using System.Net;

namespace Ringfence.Sip.Transport;

/// <summary>The local addresses that this process listens on, by index: what <see cref="Peer.Listener"/> counts.</summary>
/// <param name="bound">Each listener's transport, bound address and port.</param>
/// <param name="advertised">Addresses that take the place of the bound ones in messages, one a family at most.</param>
internal sealed class Listeners(IReadOnlyList<Peer> bound, IReadOnlyList<IPAddress> advertised)
{
    internal int Count => bound.Count;

    internal Peer this[int index] => bound[index];

    /// <summary>
    /// The listener by which a peer is reached: the one that it names if that fits, else the first of its transport and
    /// family; −1 when there is none.
    /// </summary>
    internal int Find(in Peer to)
    {
        if ((uint)to.Listener < (uint)bound.Count && Fits(bound[to.Listener], to))
        {
            return to.Listener;
        }

        for (int i = 0; i < bound.Count; i++)
        {
            if (Fits(bound[i], to))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The address that messages name for a listener; false for a wildcard, where the route decides.</summary>
    internal bool TryNamed(int index, out Peer local)
    {
        local = bound[index];
        foreach (IPAddress address in advertised)
        {
            UInt128 number = Peer.ToNumber(address);
            if ((number >> 32 == 0xFFFF) == local.IsIPv4)
            {
                local = local with { Address = number };
                return true;
            }
        }

        return local.Address != (local.IsIPv4 ? Peer.MappedPrefix : UInt128.Zero);
    }

    private static bool Fits(in Peer local, in Peer to) => local.Kind == to.Kind && local.IsIPv4 == to.IsIPv4;
}
