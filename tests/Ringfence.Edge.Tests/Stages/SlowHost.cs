using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ringfence.Edge.Tests.Stages;

/// <summary>Serves one certificate chain over HTTP on loopback, when it is told to.</summary>
internal sealed class SlowHost : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile byte[] _answer;
    private readonly Task _serving;
    private int _asked;

    internal SlowHost(string chain)
    {
        _answer = Encoding.ASCII.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/pem-certificate-chain\r\nContent-Length: {chain.Length}\r\nConnection: close\r\n\r\n{chain}"
        );
        _listener.Start();
        _serving = ServeAsync();
    }

    internal string Host => _listener.LocalEndpoint.ToString()!;

    /// <summary>Requests so far.</summary>
    internal int Asked => Volatile.Read(ref _asked);

    /// <summary>Answers, those that wait and all that come.</summary>
    internal void Open() => _open.TrySetResult();

    /// <summary>Answers that there is nothing, those that wait and all that come.</summary>
    internal void Close()
    {
        _answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();
        Open();
    }

    public async ValueTask DisposeAsync()
    {
        Open();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync();
            _ = AnswerAsync(client);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            byte[] request = new byte[4096];
            _ = await client.GetStream().ReadAsync(request);
            Interlocked.Increment(ref _asked);
            await _open.Task;
            await client.GetStream().WriteAsync(_answer);
        }
    }
}
