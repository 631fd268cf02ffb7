using System.Diagnostics;
using System.Globalization;
using Ringfence.Bench.Traces;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;

namespace Ringfence.Bench;

/// <summary>Reading and diagnosing captures: against tshark on one file, memory on a long stream, messages a minute.</summary>
internal static class DiagnosisComparison
{
    private const int Concurrent = 200;
    private const int AudioPackets = 2_000;

    internal static int Run(int megabytes, int gigabytes, int rounds)
    {
        // First, as the peak is the process's.
        Memory(gigabytes);
        string path = Path.Combine(Path.GetTempPath(), $"bench-{Environment.ProcessId}.pcap");
        try
        {
            using (FileStream file = File.Create(path))
            using (var capture = new SyntheticCapture(megabytes * 1_000_000L, Concurrent, AudioPackets))
            {
                capture.CopyTo(file);
            }

            AgainstTshark(path, rounds);
        }
        finally
        {
            File.Delete(path);
        }

        Messages(rounds);
        return 0;
    }

    private static void AgainstTshark(string path, int rounds)
    {
        Say(
            $"{new FileInfo(path).Length / 1e6:0} MB, {Concurrent} calls at a time, SIP and RTP; the best of {rounds} rounds"
        );
        Cost tshark = Best(rounds, () => Execute("tshark", "-q", "-z", "sip,stat", "-r", path));
        Line("tshark -q -z sip,stat", tshark, tshark);
        Line("Ringfence, calls and media", Best(rounds, () => Trace(path)), tshark);
        Line("Ringfence, calls, media and findings", Best(rounds, () => CallDiagnosis.Of(Trace(path))), tshark);
        string program = Path.Combine(AppContext.BaseDirectory, "ringfence.dll");
        Line(
            "ringfence diagnose, the process as a whole",
            Best(rounds, () => Execute("dotnet", program, "diagnose", "--call", "none", path)),
            tshark
        );
    }

    private static void Messages(int rounds)
    {
        const long Bytes = 300_000_000;
        long messages = 0;
        Cost cost = Best(
            rounds,
            () =>
            {
                var input = new CaptureInput("sip", () => new SyntheticCapture(Bytes, Concurrent, 0));
                messages = CallDiagnosis.Of(CallTrace.Read([input])).Trace.Capture.SipMessages;
            }
        );
        Say($"SIP alone: {messages} messages in {cost.Wall:0.00} s, {messages / cost.Wall * 60:N0} a minute");
    }

    private static void Memory(int gigabytes)
    {
        var clock = Stopwatch.StartNew();
        var input = new CaptureInput(
            "long",
            () => new SyntheticCapture(gigabytes * 1_000_000_000L, Concurrent, AudioPackets)
        );
        CallDiagnosis diagnosis = CallDiagnosis.Of(CallTrace.Read([input]));
        using var process = Process.GetCurrentProcess();
        Say(
            $"{gigabytes} GB: {clock.Elapsed.TotalSeconds:0.0} s, {diagnosis.Trace.Capture.Frames:N0} frames, {diagnosis.Trace.Calls.Count:N0} calls kept, {diagnosis.Trace.DroppedCalls:N0} let go, peak memory {process.PeakWorkingSet64 / 1e6:0} MB"
        );
    }

    private static CallTrace Trace(string path) => CallTrace.Read([CaptureInput.File(path)]);

    // On a machine that others use as well, seconds of the processor say more than those on the wall.
    private static Cost Best(int rounds, Func<TimeSpan> action)
    {
        var best = new Cost(double.MaxValue, double.MaxValue);
        for (int i = 0; i < rounds; i++)
        {
            var clock = Stopwatch.StartNew();
            double processor = action().TotalSeconds;
            best = new Cost(Math.Min(best.Wall, clock.Elapsed.TotalSeconds), Math.Min(best.Processor, processor));
        }

        return best;
    }

    private static Cost Best(int rounds, Action action) =>
        Best(
            rounds,
            () =>
            {
                using var process = Process.GetCurrentProcess();
                TimeSpan before = process.TotalProcessorTime;
                action();
                process.Refresh();
                return process.TotalProcessorTime - before;
            }
        );

    private readonly record struct Cost(double Wall, double Processor);

    // The shell tells what a process cost once it has ended.
    private static TimeSpan Execute(params string[] command)
    {
        const string Timed = "TIMEFORMAT='%U %S'; time \"$@\" >/dev/null 2>/dev/null";
        using Process process = Process.Start(
            new ProcessStartInfo("bash", ["-c", Timed, "bash", .. command]) { RedirectStandardError = true }
        )!;
        string[] seconds = process
            .StandardError.ReadToEnd()
            .Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return TimeSpan.FromSeconds(seconds.TakeLast(2).Sum(text => double.Parse(text, CultureInfo.InvariantCulture)));
    }

    private static void Line(string name, Cost cost, Cost tshark) =>
        Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {name, -46} {cost.Wall, 7:0.000} s, {cost.Processor, 7:0.000} s of processor; tshark takes {tshark.Wall / cost.Wall, 5:0.0} and {tshark.Processor / cost.Processor, 5:0.0} times as long"
            )
        );

    private static void Say(FormattableString text) => Say(text.ToString(CultureInfo.InvariantCulture));

    private static void Say(string text) => Console.WriteLine(text);
}
