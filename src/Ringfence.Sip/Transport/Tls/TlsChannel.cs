using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Ringfence.Sip.Transport;

/// <summary>A connection's bytes under TLS. The framework tells by exceptions what ends one; from here on it is a value again.</summary>
internal sealed class TlsChannel(SslStream stream, Socket socket) : IStreamChannel
{
    public async ValueTask<bool> WaitAsync()
    {
        try
        {
            _ = await stream.ReadAsync(Memory<byte>.Empty).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (IsEnd(error))
        {
            return false;
        }
    }

    public async ValueTask<int> ReceiveAsync(Memory<byte> room)
    {
        try
        {
            return await stream.ReadAsync(room).ConfigureAwait(false);
        }
        catch (Exception error) when (IsEnd(error))
        {
            return 0;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> SendAsync(Memory<byte> bytes)
    {
        try
        {
            await stream.WriteAsync(bytes).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (IsEnd(error))
        {
            return false;
        }
    }

    public async ValueTask<bool> EndAsync()
    {
        try
        {
            await stream.ShutdownAsync().ConfigureAwait(false);
            socket.Shutdown(SocketShutdown.Send);
            return true;
        }
        catch (Exception error) when (IsEnd(error))
        {
            return false;
        }
    }

    public void Dispose() => stream.Dispose();

    private static bool IsEnd(Exception error) =>
        error is IOException or SocketException or ObjectDisposedException or InvalidOperationException;
}
