using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>The far end of a stream connection, written by hand, byte for byte.</summary>
internal sealed class StreamClient : IDisposable
{
    private readonly Socket _socket;
    private readonly StringBuilder _received = new();

    public StreamClient(Socket socket)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _socket.ReceiveTimeout = (int)RecordingSink.Deadline.TotalMilliseconds;
    }

    public static StreamClient Connect(IPEndPoint to)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(to);
        return new StreamClient(socket);
    }

    public IPEndPoint Local => (IPEndPoint)_socket.LocalEndPoint!;

    public bool HasReceived => _socket.Available > 0;

    public void Send(ReadOnlySpan<byte> bytes) => _socket.Send(bytes);

    public void Send(string text) => Send(Encoding.ASCII.GetBytes(text));

    /// <summary>Sends what the far end may refuse by now.</summary>
    public void TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Send(bytes);
        }
        catch (SocketException)
        {
            // It has closed.
        }
    }

    /// <summary>Reads until what came ends so; returns all of it and forgets it.</summary>
    public string ReceiveUntil(string end)
    {
        while (!_received.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            TryReceive().ShouldBeTrue($"closed after: {_received}");
        }

        string all = _received.ToString();
        _received.Clear();
        return all;
    }

    /// <summary>Reads until the far end closes or resets; returns all that came.</summary>
    public string ReceiveToEnd()
    {
        while (TryReceive()) { }

        return _received.ToString();
    }

    /// <summary>The same as it came.</summary>
    public byte[] ReceiveBytesToEnd()
    {
        using var all = new MemoryStream();
        byte[] buffer = new byte[4096];
        for (int length = _socket.Receive(buffer); length > 0; length = _socket.Receive(buffer))
        {
            all.Write(buffer, 0, length);
        }

        return all.ToArray();
    }

    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    private bool TryReceive()
    {
        byte[] buffer = new byte[65_536];
        try
        {
            int length = _socket.Receive(buffer);
            _received.Append(Encoding.ASCII.GetString(buffer, 0, length));
            return length > 0;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }
}
