using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ringfence.Interop.Tests.Peers;

/// <summary>
/// Ports of loopback that nobody listens on, over UDP and TCP alike. The next port is free as well: programs take it for TLS or
/// RTCP. None is given twice in one run.
/// </summary>
internal static class FreePort
{
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    internal static int Next()
    {
        while (true)
        {
            using Socket probe = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            int port = ((IPEndPoint)probe.LocalEndPoint!).Port & ~1;
            probe.Close();
            if (port < 65_000 && IsFree(port) && IsFree(port + 1) && Given.TryAdd(port, true))
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
