using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Ringfence.Watching;

/// <summary>Agents that connect over TCP or TLS, so many at a time: of more, the one that has been silent for longest has to go.</summary>
internal sealed class HepConnections : IDisposable
{
    private const int MaxConnections = 64;
    private const int Pause = 50;
    private readonly Socket _listener;
    private readonly X509Certificate2? _certificate;
    private readonly BlockingCollection<byte[]> _packets;
    private readonly Action _refused;
    private readonly List<HepConnection> _open = [];
    private readonly ManualResetEventSlim _closed = new();

    internal HepConnections(
        IPEndPoint address,
        X509Certificate2? certificate,
        BlockingCollection<byte[]> packets,
        Action refused
    )
    {
        (_certificate, _packets, _refused) = (certificate, packets, refused);
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(address);
            _listener.Listen(MaxConnections);
        }
        catch (SocketException)
        {
            _listener.Dispose();
            throw;
        }

        new Thread(Accept) { IsBackground = true, Name = "HEP TCP" }.Start();
    }

    public void Dispose()
    {
        _closed.Set();
        _listener.Dispose();
        lock (_open)
        {
            _open.ForEach(connection => connection.Dispose());
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(_certificate is null ? "tcp" : "tls")}:{_listener.LocalEndPoint}";

    private void Accept()
    {
        while (true)
        {
            try
            {
                Begin(new HepConnection(_listener.Accept(), _certificate, _packets));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // Where it is not closed, one agent went before it was taken, or there are no more descriptors: the others are still served.
                if (_closed.Wait(Pause))
                {
                    return;
                }
            }
        }
    }

    private void Begin(HepConnection connection)
    {
        lock (_open)
        {
            if (_open.Count >= MaxConnections)
            {
                HepConnection silent = _open.MinBy(other => other.LastHeard)!;
                _open.Remove(silent);
                silent.Dispose();
            }

            _open.Add(connection);
        }

        new Thread(() => Serve(connection)) { IsBackground = true, Name = "HEP agent" }.Start();
    }

    private void Serve(HepConnection connection)
    {
        if (!connection.Receive())
        {
            _refused();
        }

        connection.Dispose();
        lock (_open)
        {
            _open.Remove(connection);
        }
    }
}
