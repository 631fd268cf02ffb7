namespace Ringfence.Sip.Transport;

/// <summary>The stream connections of a <see cref="MemoryNetwork"/>: reused by address and port, as RFC 3261 §18 has it.</summary>
internal sealed class MemoryConnections
{
    private readonly Dictionary<long, MemoryConnection> _open = [];
    private long _lastId;

    internal bool IsOpen(long id) => _open.ContainsKey(id);

    /// <summary>The connection that a peer names, or one that <paramref name="from"/> opened to it before.</summary>
    internal MemoryConnection? Find(Peer from, Peer to)
    {
        if (to.Connection != 0)
        {
            return _open.GetValueOrDefault(to.Connection);
        }

        return _open.Values.FirstOrDefault(connection =>
            connection.Opener == from
            && connection.Acceptor.Kind == to.Kind
            && connection.Acceptor.Address == to.Address
            && connection.Acceptor.Port == to.Port
        );
    }

    internal MemoryConnection Open(in Peer from, in Peer to)
    {
        var connection = new MemoryConnection(++_lastId, from, to with { Listener = 0 });
        _open.Add(connection.Id, connection);
        return connection;
    }

    internal List<MemoryConnection> TakeBetween(UInt128 one, UInt128 other)
    {
        List<MemoryConnection> taken =
        [
            .. _open.Values.Where(connection =>
                (connection.Opener.Address == one && connection.Acceptor.Address == other)
                || (connection.Opener.Address == other && connection.Acceptor.Address == one)
            ),
        ];
        taken.ForEach(connection => _open.Remove(connection.Id));
        return taken;
    }
}
