using System.Globalization;
using Ringfence.Bench.Load;

namespace Ringfence.Bench;

/// <summary>
/// INVITE → 607 and INVITE → 100, 183, 607 with ACK, by this stack, by the whole edge and by Kamailio: interleaved in each round,
/// CPU time of the server per call, medians over the rounds. Closed loop first, then open loop at partial load.
/// </summary>
internal static class CallComparison
{
    private const int Window = 32;

    internal static int Run(int seconds, int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("ringfence-bench-").FullName;
        bool hasKamailio = File.Exists("/usr/sbin/kamailio");
        List<(string Name, int Port, Func<int, ServerProcess> Start)> servers =
        [
            ("stack, 607", 41_310, port => Self("stack, 607", "refuse", port)),
            ("stack, 100+183+607", 41_311, port => Self("stack, 100+183+607", "progress", port)),
            ("edge, 607 by block list", 41_312, port => EdgeServer(port, folder)),
        ];
        if (hasKamailio)
        {
            servers.Add(
                (
                    "Kamailio stateless, 607",
                    41_320,
                    port => KamailioPeer.Start("Kamailio sl", KamailioPeer.Stateless, port, folder)
                )
            );
            servers.Add(
                (
                    "Kamailio tm, 607",
                    41_321,
                    port => KamailioPeer.Start("Kamailio tm", KamailioPeer.Refusing, port, folder)
                )
            );
            servers.Add(
                (
                    "Kamailio tm, 100+183+607",
                    41_322,
                    port => KamailioPeer.Start("Kamailio tm 183", KamailioPeer.Progressing, port, folder)
                )
            );
        }
        else
        {
            Console.WriteLine("Kamailio is not installed (Debian package kamailio): figures without a peer.");
        }

        foreach ((string title, Func<LoadRun, ServerProcess, LoadResult> run) in Loads(seconds))
        {
            Console.WriteLine($"\n{title}");
            Console.WriteLine(
                $"  {"server", -28}{"calls/s", 10}{"CPU µs/call", 14}{"p50 µs", 10}{"p99 µs", 10}{"done/sent", 18}{"MB after", 10}"
            );
            Measure(servers, rounds, run);
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static (string Title, Func<LoadRun, ServerProcess, LoadResult> Run)[] Loads(int seconds) =>
        [
            (
                $"closed loop, {Window} calls outstanding",
                (load, server) => load.Closed(Window, TimeSpan.FromSeconds(seconds), server)
            ),
            ("open loop, 1,000 calls/s", (load, server) => load.Open(1_000, TimeSpan.FromSeconds(seconds), server)),
            ("open loop, 10,000 calls/s", (load, server) => load.Open(10_000, TimeSpan.FromSeconds(seconds), server)),
        ];

    /// <summary>Each server is warmed up, then measured once a round, the servers in turn.</summary>
    private static void Measure(
        List<(string Name, int Port, Func<int, ServerProcess> Start)> servers,
        int rounds,
        Func<LoadRun, ServerProcess, LoadResult> run
    )
    {
        Dictionary<string, List<(LoadResult Result, long Resident)>> results = [];
        for (int round = 0; round < rounds; round++)
        {
            foreach ((string name, int port, Func<int, ServerProcess> start) in servers)
            {
                using ServerProcess server = start(port);
                Ready(port);
                using LoadRun load = new("+33180001000", port);
                load.Closed(Window, TimeSpan.FromSeconds(3), server);
                LoadResult result = run(load, server);
                results.TryAdd(name, []);
                results[name].Add((result, server.Resident()));
            }
        }

        foreach ((string name, List<(LoadResult Result, long Resident)> of) in results)
        {
            double cpu = Median(of.Select(one => one.Result.CpuPerCall));
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {name, -28}{Median(of.Select(one => one.Result.CallsPerSecond)), 10:N0}{cpu, 14:N1}{Median(of.Select(one => one.Result.P50)), 10:N0}{Median(of.Select(one => one.Result.P99)), 10:N0}{of.Sum(one => one.Result.Done) + "/" + of.Sum(one => one.Result.Sent), 18}{Median(of.Select(one => one.Resident / 1e6)), 10:N0}"
                )
            );
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>Waits until the server answers a first call.</summary>
    private static void Ready(int port)
    {
        using LoadRun probe = new("+33180001000", port);
        if (!probe.Answers(TimeSpan.FromSeconds(20)))
        {
            throw new InvalidOperationException($"The server on port {port} does not answer.");
        }
    }

    private static ServerProcess Self(string name, string mode, int port) =>
        ServerProcess.Start(
            name,
            "dotnet",
            Path.Combine(AppContext.BaseDirectory, "Ringfence.Bench.dll"),
            "serve",
            mode,
            port.ToString(CultureInfo.InvariantCulture)
        );

    private static ServerProcess EdgeServer(int port, string folder)
    {
        string file = Path.Combine(folder, "edge.yaml");
        File.WriteAllText(
            file,
            $$"""
            listen: [ "udp:127.0.0.1:{{port}}" ]
            lanes: 1
            web: off
            lists: [ { name: blocked, numbers: [ "+12155551212" ] } ]
            policy: [ { owner: user, when: { caller-in: blocked }, then: refuse 607 }, { then: progress } ]
            storage: sqlite:{{folder}}/bench.db
            """
        );
        return ServerProcess.Start(
            "edge",
            "dotnet",
            Path.Combine(AppContext.BaseDirectory, "ringfence.dll"),
            "run",
            "-c",
            file
        );
    }
}
