namespace Ringfence.Sip.Transport;

/// <summary>The wire of one node of a <see cref="MemoryNetwork"/>.</summary>
internal sealed class MemoryWire(MemoryNetwork network, MemoryNode node) : IWire
{
    public SendOutcome Send(in Peer to, ReadOnlySpan<byte> message) => network.Send(node, to, message);

    public bool TryLocal(in Peer to, out Peer local)
    {
        local = node.Local with { Kind = to.Kind };
        return to.IsIPv4 == node.Local.IsIPv4;
    }

    public Peer WayFor(in Peer to, int length) =>
        to.Kind != TransportKind.Udp || length <= StreamRefusals.LargestDatagramRequest || node.Refusals.Holds(to)
            ? to
            : to with
            {
                Kind = TransportKind.Tcp,
            };
}
