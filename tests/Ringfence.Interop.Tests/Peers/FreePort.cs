using System.Net;
using System.Net.Sockets;

namespace Ringfence.Interop.Tests.Peers;

/// <summary>
/// Ports of loopback that nobody listens on, over UDP and TCP alike, in blocks of four: programs take the next ones for TLS, RTCP
/// or video. They lie below those that the system hands out by itself and those for media; none is given twice in one run.
/// </summary>
internal static class FreePort
{
    private const int First = 10_000;
    private const int Blocks = 2_400;
    private const int Block = 4;
    private static int _next = Random.Shared.Next(Blocks);

    internal static int Next()
    {
        while (true)
        {
            int port = First + (Interlocked.Increment(ref _next) % Blocks * Block);
            if (Enumerable.Range(port, Block).All(IsFree))
            {
                return port;
            }
        }
    }

    /// <summary>Waits until somebody listens on a port over UDP.</summary>
    internal static async Task TakenAsync(int port)
    {
        string mark = $":{port:X4} ";
        for (int i = 0; i < 1_000; i++)
        {
            string[] sockets = await File.ReadAllLinesAsync("/proc/net/udp", TestContext.Current.CancellationToken);
            if (sockets.Any(line => line.Contains(mark, StringComparison.Ordinal)))
            {
                return;
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"nobody listens on port {port}");
    }

    private static bool IsFree(int port) =>
        CanBind(SocketType.Dgram, ProtocolType.Udp, port) && CanBind(SocketType.Stream, ProtocolType.Tcp, port);

    private static bool CanBind(SocketType type, ProtocolType protocol, int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, type, protocol);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            // Bind has no other way of saying that the port is taken.
            return false;
        }
    }
}
