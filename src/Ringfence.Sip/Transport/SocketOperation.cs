using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Ringfence.Sip.Transport;

/// <summary>
/// One awaitable socket operation at a time, used again and again: no allocation per operation, and errors are values, for a
/// peer that resets its connection is no exception.
/// </summary>
internal sealed class SocketOperation() : SocketAsyncEventArgs(true), IValueTaskSource<SocketError>
{
    private ManualResetValueTaskSourceCore<SocketError> _source;

    /// <summary>Receives some bytes; with no room, waits until there are some to receive.</summary>
    internal ValueTask<SocketError> ReceiveAsync(Socket socket, Memory<byte> room) =>
        Run(socket, room, static (socket, self) => socket.ReceiveAsync(self));

    internal ValueTask<SocketError> SendAsync(Socket socket, Memory<byte> bytes) =>
        Run(socket, bytes, static (socket, self) => socket.SendAsync(self));

    internal ValueTask<SocketError> ConnectAsync(Socket socket, EndPoint to)
    {
        RemoteEndPoint = to;
        return Run(socket, default, static (socket, self) => socket.ConnectAsync(self));
    }

    /// <summary>Accepts a connection into <see cref="SocketAsyncEventArgs.AcceptSocket"/>.</summary>
    internal ValueTask<SocketError> AcceptAsync(Socket socket)
    {
        AcceptSocket = null;
        return Run(socket, default, static (socket, self) => socket.AcceptAsync(self));
    }

    protected override void OnCompleted(SocketAsyncEventArgs e) => _source.SetResult(SocketError);

    public SocketError GetResult(short token) => _source.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _source.OnCompleted(continuation, state, token, flags);

    private ValueTask<SocketError> Run(Socket socket, Memory<byte> buffer, Func<Socket, SocketOperation, bool> start)
    {
        _source.Reset();
        try
        {
            SetBuffer(buffer);
            return start(socket, this)
                ? new ValueTask<SocketError>(this, _source.Version)
                : ValueTask.FromResult(SocketError);
        }
        catch (ObjectDisposedException)
        {
            // The connection was closed by another thread just now.
            return ValueTask.FromResult(SocketError.OperationAborted);
        }
    }
}
