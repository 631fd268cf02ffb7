namespace Ringfence.Sip.Transport;

/// <summary>A lane's way out: its own UDP sockets and the connections that all lanes share.</summary>
internal sealed class LaneWire(LaneDispatch dispatch, Listeners listeners, Streams streams, int switchAbove) : IWire
{
    private readonly UdpListener?[] _udp = new UdpListener?[listeners.Count];
    private readonly LocalRoutes _routes = new();

    /// <summary>Peers of this lane that refuse TCP.</summary>
    internal StreamRefusals Refusals { get; } = new(dispatch.Lane);

    internal void Add(UdpListener socket) => _udp[socket.Index] = socket;

    public SendOutcome Send(in Peer to, ReadOnlySpan<byte> message)
    {
        int listener = listeners.Find(to);
        if (listener < 0 || to.Port == 0)
        {
            return SendOutcome.NoRoute;
        }

        return to.Kind == TransportKind.Udp
            ? _udp[listener]!.Send(to, message)
            : streams.Opener.Send(dispatch, to with { Listener = listener }, message);
    }

    public bool TryLocal(in Peer to, out Peer local)
    {
        int listener = listeners.Find(to);
        if (listener < 0)
        {
            local = default;
            return false;
        }

        if (!listeners.TryNamed(listener, out local))
        {
            if (!_routes.TryFind(to, out UInt128 address))
            {
                return false;
            }

            local = local with { Address = address };
        }

        local = local with { Listener = listener };
        return true;
    }

    public bool KeepAlive(in Peer flow, TimeSpan period)
    {
        if (streams.Opener.Find(flow) is not { IsAccepted: false } connection)
        {
            return false;
        }

        connection.KeepAlive(period);
        return true;
    }

    public Peer WayFor(in Peer to, int length)
    {
        if (to.Kind != TransportKind.Udp || length <= switchAbove)
        {
            return to;
        }

        Peer stream = to with { Kind = TransportKind.Tcp };
        int listener = listeners.Find(stream);
        return listener < 0 || Refusals.Holds(stream) ? to : stream with { Listener = listener };
    }
}
