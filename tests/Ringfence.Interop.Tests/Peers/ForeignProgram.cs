using System.Diagnostics;
using System.Text;

namespace Ringfence.Interop.Tests.Peers;

/// <summary>A program of somebody else's, run for one test; it ends with the test at the latest.</summary>
internal sealed class ForeignProgram : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ForeignProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has printed so far.</summary>
    internal string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Resident memory, in bytes.</summary>
    internal long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Skips the test by name when the program is not installed.</summary>
    internal static void Need(string program, string package) =>
        Assert.SkipUnless(Find(program) is not null, $"skipped: {program} is not installed (Debian package {package})");

    internal static ForeignProgram Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program) ?? program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        return new ForeignProgram(Process.Start(start)!);
    }

    /// <summary>Waits for its end and returns its exit code; kills it and fails when it takes too long.</summary>
    internal async Task<int> EndAsync(TimeSpan within, Func<string>? more = null)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(within);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Dispose();
            Assert.Fail($"{_process.StartInfo.FileName} did not end within {within}:\n{Output}{more?.Invoke()}");
        }

        return _process.ExitCode;
    }

    /// <summary>Waits until it has printed a text.</summary>
    internal async Task SaysAsync(string text, TimeSpan within)
    {
        long start = Stopwatch.GetTimestamp();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            bool inTime = Stopwatch.GetElapsedTime(start) < within && !_process.HasExited;
            inTime.ShouldBeTrue($"{_process.StartInfo.FileName} did not say \"{text}\":\n{Output}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    internal void Type(string line) => _process.StandardInput.WriteLine(line);

    /// <summary>Ends it as a user would, with SIGTERM.</summary>
    internal async Task<int> TerminateAsync(TimeSpan within)
    {
        await SignalAsync("TERM");
        return await EndAsync(within);
    }

    /// <summary>Sends it a signal, by the signal's name.</summary>
    internal async Task SignalAsync(string name)
    {
        using Process kill = Process.Start(
            "kill",
            ["-" + name, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]
        );
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Concat(["/usr/sbin", "/usr/bin"])
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
