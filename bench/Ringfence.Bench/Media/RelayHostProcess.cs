using System.Diagnostics;
using System.Globalization;

namespace Ringfence.Bench.Media;

/// <summary>The measured process, from outside.</summary>
internal sealed class RelayHostProcess : IDisposable
{
    private readonly Process _process;
    private TimeSpan _before;
    private long _start;

    private RelayHostProcess(Process process, IReadOnlyList<(int Caller, int Callee)> ports) =>
        (_process, Ports) = (process, ports);

    /// <summary>Ports of each relay.</summary>
    internal IReadOnlyList<(int Caller, int Callee)> Ports { get; }

    internal static RelayHostProcess Start(int streams, bool plays, bool isSecure, int callerPort)
    {
        Process process = Process.Start(
            new ProcessStartInfo(
                Environment.ProcessPath!,
                [
                    typeof(RelayHost).Assembly.Location,
                    "relays",
                    $"{streams}",
                    $"{plays}",
                    $"{isSecure}",
                    $"{callerPort}",
                ]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        return new RelayHostProcess(
            process,
            [
                .. process
                    .StandardOutput.ReadLine()!
                    .Split(' ')
                    .Select(pair => pair.Split(':'))
                    .Select(pair => (Number(pair[0]), Number(pair[1]))),
            ]
        );
    }

    /// <summary>The clock starts, and gets a call every millisecond until it has them all.</summary>
    internal void Begin()
    {
        _process.StandardInput.WriteLine();
        _process.StandardOutput.ReadLine();
        (_before, _start) = (_process.TotalProcessorTime, Stopwatch.GetTimestamp());
    }

    /// <summary>Ends it.</summary>
    /// <param name="costs">What it allocated, collected, and how late its clock was.</param>
    /// <param name="packets">Packets of all streams.</param>
    /// <returns>Share of one processor that it took.</returns>
    internal double End(out string costs, int packets)
    {
        double share = (_process.TotalProcessorTime - _before) / Stopwatch.GetElapsedTime(_start);
        _process.StandardInput.WriteLine();
        string[] told = _process.StandardOutput.ReadLine()!.Split(' ', 2);
        costs = string.Create(
            CultureInfo.InvariantCulture,
            $"{double.Parse(told[0], CultureInfo.InvariantCulture) / packets, 9:F2}  {told[1]}"
        );
        _process.WaitForExit();
        return share;
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
