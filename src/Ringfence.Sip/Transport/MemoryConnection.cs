namespace Ringfence.Sip.Transport;

/// <summary>A stream connection of a <see cref="MemoryNetwork"/>. The opener's port is ephemeral: the id stands in for it.</summary>
/// <param name="Id">The connection's id, the same at both ends.</param>
/// <param name="Opener">The address of the node that opened it.</param>
/// <param name="Acceptor">The address that it was opened to.</param>
internal sealed record MemoryConnection(long Id, Peer Opener, Peer Acceptor)
{
    /// <summary>The opener as the acceptor sees it.</summary>
    internal Peer OpenerSeen =>
        Opener with
        {
            Kind = Acceptor.Kind,
            Port = (ushort)(49_152 + Id % 16_384),
            Connection = Id,
        };

    /// <summary>The acceptor as the opener sees it.</summary>
    internal Peer AcceptorSeen => Acceptor with { Connection = Id };

    internal Peer FarEnd(in Peer node) => IsOpener(node) ? Acceptor : Opener;

    /// <summary>The far end as a node sees it.</summary>
    internal Peer SeenBy(in Peer node) => IsOpener(node) ? AcceptorSeen : OpenerSeen;

    private bool IsOpener(in Peer node) => node.Address == Opener.Address && node.Port == Opener.Port;
}
