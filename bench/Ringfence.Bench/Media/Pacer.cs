using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ringfence.Bench.Media;

/// <summary>bench/peers/pacer.c, compiled when it is needed: sends to every port a packet each 20 ms.</summary>
internal sealed class Pacer : IDisposable
{
    private readonly Process _process;
    private readonly int _count;

    private Pacer(Process process, int count) => (_process, _count) = (process, count);

    /// <summary>The program; null where there is no C compiler.</summary>
    internal static string? Build()
    {
        string source = Path.Combine(AppContext.BaseDirectory, "peers", "pacer.c");
        string program = Path.Combine(AppContext.BaseDirectory, "peers", "pacer");
        try
        {
            using Process compiler = Process.Start("cc", ["-O2", "-o", program, source]);
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? program : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    internal static Pacer Start(string program, int[] ports, int packets)
    {
        Process process = Process.Start(
            new ProcessStartInfo(program, [$"{packets}"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        process.StandardInput.Write(string.Join(' ', ports));
        process.StandardInput.Close();
        return new Pacer(process, ports.Length * packets);
    }

    /// <summary>Waits for its end: its CPU time, and when each packet was sent, in nanoseconds since 1970, stream by stream.</summary>
    internal (TimeSpan Cpu, long[] Sent) Finish()
    {
        long[] read = new long[1 + _count];
        _process.StandardOutput.BaseStream.ReadExactly(MemoryMarshal.AsBytes(read.AsSpan()));
        _process.WaitForExit();
        return (TimeSpan.FromMicroseconds(read[0] / 1000), read[1..]);
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
