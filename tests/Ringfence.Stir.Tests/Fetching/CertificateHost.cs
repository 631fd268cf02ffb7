using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ringfence.Stir.Tests.Fetching;

/// <summary>A certificate host on loopback that answers as each path says.</summary>
internal sealed class CertificateHost : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, Func<NetworkStream, CancellationToken, Task>> _answers = new(
        StringComparer.Ordinal
    );
    private readonly Task _running;
    private int _hits;

    public CertificateHost()
    {
        _listener.Start();
        _running = Task.Run(RunAsync);
    }

    public int Hits => Volatile.Read(ref _hits);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Authority => $"127.0.0.1:{Port}";

    public string Url(string path) => $"http://{Authority}/{path}";

    public void Answer(string path, string head, byte[] body) =>
        Answer(
            path,
            async (stream, cancellation) =>
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "Connection: close\r\n\r\n"), cancellation);
                await stream.WriteAsync(body, cancellation);
            }
        );

    public void Answer(string path, Func<NetworkStream, CancellationToken, Task> answer) =>
        _answers["/" + path] = answer;

    public void AnswerPem(string path, string pem, string extra = "") =>
        Answer(
            path,
            $"HTTP/1.1 200 OK\r\nContent-Type: application/pem-certificate-chain\r\nContent-Length: {pem.Length}\r\n{extra}",
            Encoding.ASCII.GetBytes(pem)
        );

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task RunAsync()
    {
        var open = new List<Task>();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                break;
            }
        }

        await Task.WhenAll(open);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                var buffer = new byte[4096];
                int read = await stream.ReadAsync(buffer, _stop.Token);
                string path = Encoding.ASCII.GetString(buffer, 0, read).Split(' ').ElementAtOrDefault(1) ?? "";
                Interlocked.Increment(ref _hits);
                if (_answers.TryGetValue(path, out var answer))
                {
                    await answer(stream, _stop.Token);
                }
            }
            catch (Exception end) when (end is OperationCanceledException or IOException or SocketException)
            {
                // The client has seen enough, or the test is over.
                client.Close();
            }
        }
    }
}
