using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Ringfence.Sip.Transport;

/// <summary>A connection's bytes as they are.</summary>
internal sealed class SocketChannel(Socket socket) : IStreamChannel
{
    private readonly SocketOperation _receive = new();
    private readonly SocketOperation _send = new();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> WaitAsync() =>
        await _receive.ReceiveAsync(socket, Memory<byte>.Empty).ConfigureAwait(false) == SocketError.Success;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> room) =>
        await _receive.ReceiveAsync(socket, room).ConfigureAwait(false) == SocketError.Success
            ? _receive.BytesTransferred
            : 0;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> SendAsync(Memory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (await _send.SendAsync(socket, bytes).ConfigureAwait(false) != SocketError.Success)
            {
                return false;
            }

            bytes = bytes[_send.BytesTransferred..];
        }

        return true;
    }

    public ValueTask<bool> EndAsync()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            return ValueTask.FromResult(true);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is gone already.
            return ValueTask.FromResult(false);
        }
    }

    public void Dispose()
    {
        _receive.Dispose();
        _send.Dispose();
    }
}
