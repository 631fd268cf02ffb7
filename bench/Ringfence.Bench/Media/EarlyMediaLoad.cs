using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ringfence.Media.Rtp;

namespace Ringfence.Bench.Media;

/// <summary>
/// Early media of many calls through one process: ringback of its own, and a callee's stream relayed, each plain and towards the
/// caller as SRTP. How late each packet is, where the caller gets it, and the CPU time of the process.
/// </summary>
internal static class EarlyMediaLoad
{
    private static readonly double TicksPerMillisecond = Stopwatch.Frequency / 1000.0;

    internal static int Run(int streams, int seconds)
    {
        Console.WriteLine($"{streams} streams of 20 ms for {seconds} s on {Environment.ProcessorCount} processors");
        Console.WriteLine(
            $"  {"", -22}{"packets", 12}{"lost", 8}{"p50 ms", 10}{"p99 ms", 10}{"p99.9 ms", 10}{"worst ms", 10}{"CPU %", 8}"
        );
        foreach (bool plays in (bool[])[true, false])
        {
            foreach (bool isSecure in (bool[])[false, true])
            {
                Measure(streams, seconds, plays, isSecure);
            }
        }

        return 0;
    }

    private static void Measure(int streams, int seconds, bool plays, bool isSecure)
    {
        using Socket caller = Open();
        using Socket callee = Open();
        using Process host = Start(streams, plays, isSecure, Port(caller), Port(callee));
        (int Caller, int Callee)[] ports =
        [
            .. host
                .StandardOutput.ReadLine()!
                .Split(' ')
                .Select(pair => pair.Split(':'))
                .Select(pair => (Number(pair[0]), Number(pair[1]))),
        ];
        int packets = seconds * 50;
        long[] sent = new long[streams * packets];
        long[] arrived = new long[streams * packets];
        TimeSpan before = host.TotalProcessorTime;
        var receiving = new Thread(() => Receive(caller, ports, packets, arrived));
        receiving.Start();
        long start = Stopwatch.GetTimestamp();
        if (plays)
        {
            Thread.Sleep(TimeSpan.FromSeconds(seconds + 1));
        }
        else
        {
            Send(callee, ports, packets, sent);
            Thread.Sleep(500);
        }

        double cpu = (host.TotalProcessorTime - before) / Stopwatch.GetElapsedTime(start);
        caller.Dispose();
        receiving.Join();
        host.StandardInput.WriteLine();
        host.WaitForExit();
        Report(
            $"{(plays ? "ringback" : "relayed")}{(isSecure ? ", SRTP" : "")}",
            Lateness(plays, packets, sent, arrived),
            packets * streams,
            cpu
        );
    }

    /// <summary>Ringback: behind the stream's own beat of 20 ms, its earliest packet being in time. Relayed: since it was sent.</summary>
    private static List<double> Lateness(bool plays, int packets, long[] sent, long[] arrived)
    {
        List<double> late = [];
        for (int first = 0; first < arrived.Length; first += packets)
        {
            double beat = double.MaxValue;
            for (int i = 0; plays && i < packets; i++)
            {
                beat = arrived[first + i] > 0 ? Math.Min(beat, Due(i)) : beat;
            }

            for (int i = 0; i < packets; i++)
            {
                if (arrived[first + i] > 0)
                {
                    late.Add(plays ? Due(i) - beat : (arrived[first + i] - sent[first + i]) / TicksPerMillisecond);
                }
            }

            double Due(int i) => arrived[first + i] / TicksPerMillisecond - 20.0 * i;
        }

        late.Sort();
        return late;
    }

    private static void Report(string what, List<double> late, int expected, double cpu)
    {
        double At(double share) => late.Count == 0 ? double.NaN : late[(int)(share * (late.Count - 1))];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {what, -22}{late.Count, 12}{expected - late.Count, 8}{At(0.5), 10:F2}{At(0.99), 10:F2}{At(0.999), 10:F2}{At(1), 10:F2}{100 * cpu, 8:F1}"
            )
        );
    }

    /// <summary>The callees: every stream a packet each 20 ms, spread evenly over them.</summary>
    private static void Send(Socket callee, (int Caller, int Callee)[] ports, int packets, long[] sent)
    {
        byte[] datagram = new byte[172];
        // Neither silence nor the same octet all over: what is silent is not let through at once.
        new Random(1).NextBytes(datagram);
        SocketAddress[] targets =
        [
            .. ports.Select(port => new IPEndPoint(IPAddress.Loopback, port.Callee).Serialize()),
        ];
        double perPacket = 20 * TicksPerMillisecond / ports.Length;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < packets; i++)
        {
            for (int stream = 0; stream < ports.Length; stream++)
            {
                long due = start + (long)((i * ports.Length + stream) * perPacket);
                if (due - Stopwatch.GetTimestamp() > TicksPerMillisecond)
                {
                    Thread.Sleep(1);
                }

                RtpPacket.WriteHeader(
                    datagram,
                    new RtpHeader(0, i == 0, (ushort)i, (uint)(160 * i), (uint)(stream + 1))
                );
                sent[stream * packets + i] = Stopwatch.GetTimestamp();
                callee.SendTo(datagram, SocketFlags.None, targets[stream]);
            }
        }
    }

    private static void Receive(Socket caller, (int Caller, int Callee)[] ports, int packets, long[] arrived)
    {
        Dictionary<int, int> streams = ports.Select((port, i) => (port.Caller, i)).ToDictionary();
        var first = new int[ports.Length];
        Array.Fill(first, -1);
        byte[] buffer = new byte[2048];
        var from = new SocketAddress(AddressFamily.InterNetwork);
        while (true)
        {
            try
            {
                int length = caller.ReceiveFrom(buffer, SocketFlags.None, from);
                long now = Stopwatch.GetTimestamp();
                int stream = streams[from[2] << 8 | from[3]];
                int sequence = buffer[2] << 8 | buffer[3];
                first[stream] = first[stream] < 0 ? sequence : first[stream];
                int place = (ushort)(sequence - first[stream]);
                if (length > 100 && place < packets)
                {
                    arrived[stream * packets + place] = now;
                }
            }
            catch (SocketException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static Process Start(int streams, bool plays, bool isSecure, int callerPort, int calleePort) =>
        Process.Start(
            new ProcessStartInfo(
                Environment.ProcessPath!,
                [
                    typeof(EarlyMediaLoad).Assembly.Location,
                    "relays",
                    $"{streams}",
                    $"{plays}",
                    $"{isSecure}",
                    $"{callerPort}",
                    $"{calleePort}",
                ]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;

    private static Socket Open()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveBufferSize = 4 << 20,
            SendBufferSize = 4 << 20,
        };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static int Port(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
