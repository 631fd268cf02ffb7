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
    private const string Launcher = "../ringfence";

    // Everything is read and looked at, nothing is drawn; tshark draws nothing either.
    private const string NoCall = "--call=none";

    internal static int Run(int megabytes, int gigabytes, int rounds)
    {
        // First, as the peak is the process's.
        Memory(gigabytes);
        string path = Path.Combine(Path.GetTempPath(), $"bench-{Environment.ProcessId}.pcap");
        string small = path + ".small";
        try
        {
            Write(path, megabytes * 1_000_000L);
            Write(small, 1);
            AgainstTshark(path, small, rounds);
        }
        finally
        {
            File.Delete(path);
            File.Delete(small);
        }

        Messages(rounds);
        return 0;
    }

    private static void Write(string path, long length)
    {
        using FileStream file = File.Create(path);
        using var capture = new SyntheticCapture(length, Concurrent, AudioPackets);
        capture.CopyTo(file);
    }

    private static void AgainstTshark(string path, string small, int rounds)
    {
        Say(
            $"{new FileInfo(path).Length / 1e6:0} MB, {Concurrent} calls at a time, SIP and RTP; the best of {rounds} rounds"
        );

        // On the framework code has its last form only after some rounds.
        _ = Best(rounds, [Within(() => CallDiagnosis.Of(Trace(path)))]);

        // What a process takes whatever the file is paid once; what is left is what grows with the file.
        Cost[] best = Best(
            rounds,
            [
                () => Tshark(path),
                Within(() => Trace(path)),
                Within(() => CallDiagnosis.Of(Trace(path))),
                () => Diagnose(path, NoCall),
                () => Diagnose(path),
                () => Diagnose(path, "--json"),
                () => Tshark(small),
                () => Diagnose(small, NoCall),
            ]
        );
        Cost tshark = best[0];
        Line("tshark -q -z sip,stat", tshark, tshark);
        Line("Ringfence, calls and media", best[1], tshark);
        Line("Ringfence, calls, media and findings", best[2], tshark);
        Line("ringfence diagnose --call none, as a whole", best[3], tshark);
        Line("ringfence diagnose, 20 ladders, as a whole", best[4], tshark);
        Line("ringfence diagnose --json, as a whole", best[5], tshark);
        Line($"{new FileInfo(small).Length / 1e6:0.0} MB: tshark", best[6], best[6]);
        Line("ringfence diagnose --call none, as a whole", best[7], best[6]);
        Line("the difference of the two files: tshark", tshark - best[6], tshark - best[6]);
        Line("ringfence diagnose", best[3] - best[7], tshark - best[6]);
    }

    private static TimeSpan Tshark(string path) => Execute("tshark", "-q", "-z", "sip,stat", "-r", path);

    // As a user starts it: the launcher looks whether what it built is still right, then runs it.
    private static TimeSpan Diagnose(string path, params string[] options) =>
        Execute([Launcher, "diagnose", path, .. options]);

    private static void Messages(int rounds)
    {
        const long Bytes = 300_000_000;
        long messages = 0;
        Cost cost = Best(
            rounds,
            [
                Within(() =>
                {
                    var input = new CaptureInput("sip", () => new SyntheticCapture(Bytes, Concurrent, 0));
                    messages = CallDiagnosis.Of(CallTrace.Read([input])).Trace.Capture.SipMessages;
                }),
            ]
        )[0];
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

    // All in turn, so that what else the machine does meets all alike. Where others use it as well, seconds of the processor say more.
    private static Cost[] Best(int rounds, Func<TimeSpan>[] actions)
    {
        var best = new Cost[actions.Length];
        Array.Fill(best, new Cost(double.MaxValue, double.MaxValue));
        for (int i = 0; i < rounds * actions.Length; i++)
        {
            int at = i % actions.Length;
            var clock = Stopwatch.StartNew();
            double processor = actions[at]().TotalSeconds;
            best[at] = new Cost(
                Math.Min(best[at].Wall, clock.Elapsed.TotalSeconds),
                Math.Min(best[at].Processor, processor)
            );
        }

        return best;
    }

    private static Func<TimeSpan> Within(Action action) =>
        () =>
        {
            using var process = Process.GetCurrentProcess();
            TimeSpan before = process.TotalProcessorTime;
            action();
            process.Refresh();
            return process.TotalProcessorTime - before;
        };

    private readonly record struct Cost(double Wall, double Processor)
    {
        public static Cost operator -(Cost left, Cost right) =>
            new(left.Wall - right.Wall, left.Processor - right.Processor);
    }

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
