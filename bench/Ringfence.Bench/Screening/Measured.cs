using System.Diagnostics;
using System.Runtime.Intrinsics.X86;

namespace Ringfence.Bench.Screening;

/// <summary>Time and memory of one step, best of several rounds: the rest of the machine can only make a round slower.</summary>
/// <param name="Nanoseconds">Of one step.</param>
/// <param name="Bytes">Allocated by one step.</param>
internal readonly record struct Measured(double Nanoseconds, double Bytes)
{
    private const int Rounds = 7;

    internal static Measured Of(int steps, Action<int> step) => Of(steps, [step])[0];

    /// <summary>Several in turn, so that what the rest of the machine does in one round falls on all of them.</summary>
    internal static Measured[] Of(int steps, IReadOnlyList<Action<int>> each)
    {
        var best = new Measured[each.Count];
        Array.Fill(best, new Measured(double.MaxValue, double.MaxValue));
        for (int round = 0; round <= Rounds; round++)
        {
            for (int n = 0; n < best.Length; n++)
            {
                Measured now = Run(steps, each[n]);
                best[n] =
                    round == 0
                        ? best[n]
                        : new Measured(
                            Math.Min(best[n].Nanoseconds, now.Nanoseconds),
                            Math.Min(best[n].Bytes, now.Bytes)
                        );
            }
        }

        return best;
    }

    /// <summary>The step, ended before the next begins: what it costs a call that comes alone.</summary>
    internal static Action<int> Alone(Action<int> step) =>
        n =>
        {
            step(n);
            if (X86Base.IsSupported)
            {
                Sse2.LoadFence();
            }
        };

    public override string ToString() => FormattableString.Invariant($"{Nanoseconds, 8:0} ns {Bytes, 8:0} B");

    private static Measured Run(int steps, Action<int> step)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long began = Stopwatch.GetTimestamp();
        for (int n = 0; n < steps; n++)
        {
            step(n);
        }

        double time = Stopwatch.GetElapsedTime(began).TotalNanoseconds / steps;
        return new Measured(time, (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / steps);
    }
}
