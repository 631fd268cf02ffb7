using System.Diagnostics;

namespace Ringfence.Bench.Screening;

/// <summary>Time and memory of one step, best of several rounds: the rest of the machine can only make a round slower.</summary>
/// <param name="Nanoseconds">Of one step.</param>
/// <param name="Bytes">Allocated by one step.</param>
internal readonly record struct Measured(double Nanoseconds, double Bytes)
{
    private const int Rounds = 9;

    internal static Measured Of(int steps, Action<int> step)
    {
        Run(steps, step);
        var best = new Measured(double.MaxValue, double.MaxValue);
        for (int round = 0; round < Rounds; round++)
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            long began = Stopwatch.GetTimestamp();
            Run(steps, step);
            double time = Stopwatch.GetElapsedTime(began).TotalNanoseconds / steps;
            double allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / steps;
            best = new Measured(Math.Min(best.Nanoseconds, time), Math.Min(best.Bytes, allocated));
        }

        return best;
    }

    public override string ToString() => FormattableString.Invariant($"{Nanoseconds, 8:0} ns {Bytes, 8:0} B");

    private static void Run(int steps, Action<int> step)
    {
        for (int n = 0; n < steps; n++)
        {
            step(n);
        }
    }
}
