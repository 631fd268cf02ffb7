using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ringfence.Edge.Tests.Pipeline;

/// <summary>Serves documents over HTTP on loopback: 404 for what is not there.</summary>
internal sealed class DocumentHost : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    internal DocumentHost()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>What is served, by its name.</summary>
    internal ConcurrentDictionary<string, byte[]> Documents { get; } = new(StringComparer.Ordinal);

    internal string Host => _listener.LocalEndpoint.ToString()!;

    internal string Url(string name) => $"http://{Host}/{name}";

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using TcpClient client = await _listener.AcceptTcpClientAsync();
            NetworkStream stream = client.GetStream();
            byte[] request = new byte[4096];
            int read = await stream.ReadAsync(request);
            string path = Encoding.ASCII.GetString(request, 0, read).Split(' ').ElementAtOrDefault(1) ?? "/";
            bool isKnown = Documents.TryGetValue(path[1..], out byte[]? body);
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 {(isKnown ? "200 OK" : "404 Not Found")}\r\nContent-Length: {body?.Length ?? 0}\r\nConnection: close\r\n\r\n"
                )
            );
            await stream.WriteAsync(body ?? []);
        }
    }
}
