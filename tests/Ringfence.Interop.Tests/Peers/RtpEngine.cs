using System.Net;
using Ringfence.Media.RtpEngine;

namespace Ringfence.Interop.Tests.Peers;

/// <summary>rtpengine in user space, on loopback.</summary>
internal static class RtpEngine
{
    // Two clients with the same cookies would get each other's replies: rtpengine keeps them for repeated requests.
    private static int _seed;

    internal static void Need() => ForeignProgram.Need("rtpengine", "rtpengine-daemon");

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="folder">Where its files go.</param>
    /// <param name="port">Its control port.</param>
    /// <param name="isWordy">Whether it prints what it is asked and what it answers.</param>
    internal static async Task<ForeignProgram> StartAsync(TestFolder folder, int port, bool isWordy = false)
    {
        int media = 30_000 + (port % 250 * 40);
        ForeignProgram program = ForeignProgram.Start(
            "rtpengine",
            folder.Path,
            // Without the package's own settings, whose ports every rtpengine of a machine would share.
            "--config-file=none",
            "--foreground",
            "--log-stderr",
            isWordy ? "--log-level=7" : "--log-level=5",
            "--table=-1",
            "--interface=127.0.0.1",
            $"--listen-ng=127.0.0.1:{port}",
            $"--port-min={media}",
            $"--port-max={media + 38}",
            "--num-threads=2",
            $"--pidfile={folder.File("rtpengine.pid")}"
        );
        using RtpEngineClient client = Client(port);
        for (int i = 0; i < 60 && !(await client.PingAsync(TestContext.Current.CancellationToken)).IsDone; i++)
        {
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        (await client.PingAsync(TestContext.Current.CancellationToken)).IsDone.ShouldBeTrue(program.Output);
        return program;
    }

    internal static RtpEngineClient Client(int port) =>
        new(
            new IPEndPoint(IPAddress.Loopback, port),
            new RtpEngineOptions(),
            TimeProvider.System,
            new Random(Interlocked.Increment(ref _seed))
        );
}
