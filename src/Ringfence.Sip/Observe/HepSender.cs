using System.Net;
using System.Net.Sockets;

namespace Ringfence.Sip.Observe;

/// <summary>
/// Sends a copy of every message to a collector (Homer, sngrep, heplify) as HEP version 3 over UDP, from a thread of its own. What the
/// queue has no room for is dropped and counted.
/// </summary>
public sealed class HepSender : IMessageTap, IDisposable
{
    private readonly Socket _socket;
    private readonly HepPacket _packet;
    private readonly TapQueue _queue;

    /// <summary>A sender to one collector.</summary>
    /// <param name="collector">Its address and port, usually 9060.</param>
    /// <param name="agent">This host's number in the collector's records.</param>
    /// <param name="key">The collector's key; empty for none.</param>
    /// <param name="capacity">Messages that may wait.</param>
    /// <exception cref="SocketException">There is no way to the collector.</exception>
    public HepSender(IPEndPoint collector, uint agent, string key = "", int capacity = 4096)
    {
        ArgumentNullException.ThrowIfNull(collector);
        _socket = new Socket(collector.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Connect(collector);
        _packet = new HepPacket(agent, key);
        _queue = new TapQueue("hep", capacity, record => _socket.Send(_packet.Write(record)));
    }

    /// <summary>Messages dropped because the queue was full.</summary>
    public long Dropped => _queue.Dropped;

    /// <summary>Messages that could not be sent.</summary>
    public long Failed => _queue.Failed;

    /// <inheritdoc/>
    public void OnMessage(in TappedMessage message) => _queue.Add(message);

    /// <summary>Sends what waits, then ends.</summary>
    public void Dispose()
    {
        _queue.Dispose();
        _socket.Dispose();
    }
}
