using System.Net;
using System.Net.Sockets;

namespace Ringfence.Sip.Transport;

/// <summary>The bound sockets of a <see cref="SipTransport"/>: one a lane for UDP, one for each stream transport.</summary>
internal sealed class ListenSockets : IDisposable
{
    private const int LargestDatagram = 65_535;

    private readonly List<Socket[]> _sockets = [];
    private readonly List<Peer> _listening = [];
    private readonly List<TcpListener> _accepting = [];

    private ListenSockets() { }

    /// <summary>What each listener is bound to, by its index.</summary>
    internal IReadOnlyList<Peer> Listening => _listening;

    /// <summary>Binds every address of the options, or none.</summary>
    internal static ListenSockets Open(SipTransportOptions options)
    {
        if (options.Listen.Count == 0)
        {
            throw new ArgumentException("Name at least one address to listen on.", nameof(options));
        }

        var opened = new ListenSockets();
        var errors = new List<string>();
        foreach (ListenAddress listen in options.Listen)
        {
            try
            {
                opened.Add(listen, options.LaneCount);
            }
            catch (SocketException error)
            {
                errors.Add($"{listen}: {error.Message}");
            }
        }

        if (errors.Count > 0)
        {
            opened.Dispose();
            throw new IOException($"Cannot listen on {string.Join("; ", errors)}.");
        }

        return opened;
    }

    /// <summary>One lane's UDP sockets, which share its buffer.</summary>
    internal List<UdpListener> Udp(LaneDispatch dispatch)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(LargestDatagram, pinned: true);
        return
        [
            .. _listening
                .Where(local => local.Kind == TransportKind.Udp)
                .Select(local => new UdpListener(
                    _sockets[local.Listener][dispatch.Lane.Index],
                    local.Listener,
                    dispatch,
                    buffer
                )),
        ];
    }

    internal void Accept(Streams streams, TimeProvider clock) =>
        _accepting.AddRange(
            _listening
                .Where(local => local.IsReliable)
                .Select(local => TcpListener.Start(_sockets[local.Listener][0], local, streams, clock))
        );

    internal void StopAccepting() => _accepting.ForEach(listener => listener.Dispose());

    internal long Overflows() =>
        _listening
            .Where(local => local.Kind == TransportKind.Udp)
            .Sum(local => _sockets[local.Listener].Sum(UdpSockets.Overflows));

    public void Dispose() => _sockets.ForEach(perLane => Array.ForEach(perLane, socket => socket.Dispose()));

    private void Add(ListenAddress listen, int lanes)
    {
        Socket[] sockets =
            listen.Kind == TransportKind.Udp
                ? UdpSockets.Open(listen.EndPoint, lanes)
                : [TcpListener.Bind(listen.EndPoint)];
        _listening.Add(Peer.From(listen.Kind, (IPEndPoint)sockets[0].LocalEndPoint!, _sockets.Count));
        _sockets.Add(sockets);
    }
}
