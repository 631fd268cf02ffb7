using System.Diagnostics;
using System.Globalization;

namespace Ringfence.Bench.Media;

/// <summary>
/// Early media of many calls through one process: ringback of its own, and a callee's stream relayed, each plain and towards the
/// caller as SRTP; before and after them a program in C that sends as many packets and makes no media. How late each packet is when
/// the caller's kernel gets it, the CPU time of the process, and what it allocates.
/// </summary>
internal static class EarlyMediaLoad
{
    internal static int Run(int streams, int seconds)
    {
        if (Pacer.Build() is not { } pacer)
        {
            Console.Error.WriteLine("early-media needs a C compiler (cc) for its callees.");
            return 1;
        }

        Console.WriteLine($"{streams} streams of 20 ms for {seconds} s on {Environment.ProcessorCount} processors");
        Console.WriteLine(
            $"  {"", -22}{"packets", 10}{"lost", 7}{"p50 ms", 9}{"p99 ms", 9}{"p99.9 ms", 9}{"worst ms", 9}{"CPU %", 7}{"B/packet", 9}  collections, pauses ms; clock late by more than 1, 2, 5, 10, 20 ms"
        );
        Bare(pacer, streams, 50 * seconds);
        foreach (bool plays in (bool[])[true, false])
        {
            foreach (bool isSecure in (bool[])[false, true])
            {
                Measure(pacer, streams, 50 * seconds, plays, isSecure);
            }
        }

        Bare(pacer, streams, 50 * seconds);
        return 0;
    }

    private static void Bare(string program, int streams, int packets)
    {
        using var caller = new StampedReceiver();
        caller.Start([], streams, packets);
        int[] ports = new int[streams];
        Array.Fill(ports, caller.Port);
        long start = Stopwatch.GetTimestamp();
        using var pacer = Pacer.Start(program, ports, packets);
        (TimeSpan cpu, _) = pacer.Finish();
        double share = cpu / Stopwatch.GetElapsedTime(start);
        Thread.Sleep(200);
        caller.Stop();
        Report("C, no media", BehindBeat(packets, caller.Arrived), packets * streams, share, "");
    }

    private static void Measure(string program, int streams, int packets, bool plays, bool isSecure)
    {
        using var caller = new StampedReceiver();
        using RelayHostProcess host = RelayHostProcess.Start(streams, plays, isSecure, caller.Port);
        caller.Start([.. host.Ports.Select(port => port.Caller)], streams, packets);
        host.Begin();
        long[] sent = [];
        if (plays)
        {
            Thread.Sleep(TimeSpan.FromSeconds(packets / 50.0 + 0.2));
        }
        else
        {
            using var pacer = Pacer.Start(program, [.. host.Ports.Select(port => port.Callee)], packets);
            (_, sent) = pacer.Finish();
            Thread.Sleep(200);
        }

        caller.Stop();
        double cpu = host.End(out string costs, packets * streams);
        Report(
            $"{(plays ? "ringback" : "relayed")}{(isSecure ? ", SRTP" : "")}",
            plays ? BehindBeat(packets, caller.Arrived) : SinceSent(sent, caller.Arrived),
            packets * streams,
            cpu,
            costs
        );
    }

    /// <summary>Behind the stream's own beat of 20 ms, its earliest packet being in time.</summary>
    private static List<double> BehindBeat(int packets, long[] arrived)
    {
        List<double> late = [];
        for (int first = 0; first < arrived.Length; first += packets)
        {
            double beat = double.MaxValue;
            for (int i = 0; i < packets; i++)
            {
                beat = arrived[first + i] > 0 ? Math.Min(beat, Due(i)) : beat;
            }

            for (int i = 0; i < packets; i++)
            {
                if (arrived[first + i] > 0)
                {
                    late.Add(Due(i) - beat);
                }
            }

            double Due(int i) => (arrived[first + i] - arrived[first]) / 1e6 - 20.0 * i;
        }

        return late;
    }

    private static List<double> SinceSent(long[] sent, long[] arrived) =>
        [.. arrived.Zip(sent).Where(pair => pair.First > 0).Select(pair => (pair.First - pair.Second) / 1e6)];

    private static void Report(string what, List<double> late, int expected, double cpu, string costs)
    {
        late.Sort();
        double At(double share) => late.Count == 0 ? double.NaN : late[(int)(share * (late.Count - 1))];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {what, -22}{late.Count, 10}{expected - late.Count, 7}{At(0.5), 9:F2}{At(0.99), 9:F2}{At(0.999), 9:F2}{At(1), 9:F2}{100 * cpu, 7:F1}{costs}"
            )
        );
    }
}
