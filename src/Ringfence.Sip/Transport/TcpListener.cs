using System.Net;
using System.Net.Sockets;

namespace Ringfence.Sip.Transport;

/// <summary>A TCP port, whatever is spoken over it: accepts connections until it is disposed.</summary>
internal sealed class TcpListener : IDisposable
{
    private const int Backlog = 512;
    private static readonly TimeSpan Respite = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly Peer _local;
    private readonly Streams _streams;
    private readonly TimeProvider _clock;

    private TcpListener(Socket socket, in Peer local, Streams streams, TimeProvider clock)
    {
        _socket = socket;
        _local = local;
        _streams = streams;
        _clock = clock;
    }

    /// <summary>A bound socket, so that its port is known before anything is accepted.</summary>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    internal static Socket Bind(IPEndPoint at)
    {
        var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (at.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            if (OperatingSystem.IsLinux())
            {
                // A restart is not to wait for the connections of its predecessor to be forgotten.
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }

            socket.Bind(at);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    internal static TcpListener Start(Socket socket, in Peer local, Streams streams, TimeProvider clock)
    {
        var listener = new TcpListener(socket, local, streams, clock);
        socket.Listen(Backlog);
        _ = listener.AcceptAsync();
        return listener;
    }

    public void Dispose() => _socket.Dispose();

    private async Task AcceptAsync()
    {
        using var operation = new SocketOperation();
        while (true)
        {
            SocketError error = await operation.AcceptAsync(_socket).ConfigureAwait(false);
            if (error == SocketError.OperationAborted)
            {
                return;
            }

            if (error == SocketError.Success)
            {
                Take(operation.AcceptSocket!);
            }
            else if (error != SocketError.ConnectionReset)
            {
                // Out of descriptors, most likely: the listening socket stays sound, and trying at once would only spin.
                await Task.Delay(Respite, _clock).ConfigureAwait(false);
            }
        }
    }

    private void Take(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            _streams.Accept(socket, Peer.From(_local.Kind, (IPEndPoint)socket.RemoteEndPoint!, _local.Listener));
        }
        catch (SocketException)
        {
            // It was reset between the handshake and here.
            socket.Dispose();
        }
    }
}
