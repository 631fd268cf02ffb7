using System.Diagnostics;
using System.Globalization;

namespace Ringfence.Bench.Load;

/// <summary>A server that was started for a run, and the CPU time of it and its children as the kernel counts it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const double TicksPerSecond = 100;
    private readonly Process _process;

    private ServerProcess(string name, Process process)
    {
        Name = name;
        _process = process;
    }

    internal string Name { get; }

    internal static ServerProcess Start(string name, string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServerProcess(name, process);
    }

    /// <summary>User and system time of the whole process tree so far.</summary>
    internal TimeSpan CpuTime() => TimeSpan.FromSeconds(Tree(_process.Id).Sum(Ticks) / TicksPerSecond);

    /// <summary>Resident memory of the process, in bytes.</summary>
    internal long Resident()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static IEnumerable<int> Tree(int root)
    {
        yield return root;
        string children = $"/proc/{root}/task/{root}/children";
        string text = File.Exists(children) ? File.ReadAllText(children) : "";
        foreach (string child in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (int one in Tree(int.Parse(child, CultureInfo.InvariantCulture)))
            {
                yield return one;
            }
        }
    }

    private static double Ticks(int process)
    {
        string stat = File.Exists($"/proc/{process}/stat") ? File.ReadAllText($"/proc/{process}/stat") : "";
        string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 13
            ? 0
            : double.Parse(fields[11], CultureInfo.InvariantCulture)
                + double.Parse(fields[12], CultureInfo.InvariantCulture);
    }
}
