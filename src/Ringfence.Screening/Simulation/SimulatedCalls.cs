namespace Ringfence.Screening.Simulation;

/// <summary>Spreads the calls of the simulated day over its callers and hours.</summary>
internal static class SimulatedCalls
{
    private const int Day = 86_400_000;
    private const int BurstCalls = 120;
    private const int BurstLength = 120_000;

    /// <summary>The calls in the order of time: milliseconds since midnight, and the caller's index.</summary>
    public static (int At, int Caller)[] Schedule(SimulatedCaller[] callers, SimulationOptions options, Random random)
    {
        var calls = new List<(int At, int Caller)>(options.Calls);
        foreach (var isRobocaller in new[] { false, true })
        {
            var side = Enumerable
                .Range(0, callers.Length)
                .Where(i => callers[i].IsRobocaller == isRobocaller)
                .ToArray();
            var share = isRobocaller ? options.RobocallShare : 1 - options.RobocallShare;
            var weights = side.Select(i => callers[i].Weight).ToArray();
            var perWeight = options.Calls * share / weights.Sum();
            for (var i = 0; i < side.Length; i++)
            {
                Add(calls, callers[side[i]], side[i], (int)Math.Round(weights[i] * perWeight), random);
            }
        }

        var schedule = calls.ToArray();
        Array.Sort(schedule);
        return schedule;
    }

    private static void Add(
        List<(int At, int Caller)> calls,
        SimulatedCaller caller,
        int index,
        int count,
        Random random
    )
    {
        var burst = 0;
        for (var n = 0; n < count; n++)
        {
            if (n % BurstCalls == 0)
            {
                burst = Daytime(random);
            }

            var inBursts = caller.Kind is CallerKind.Burst or CallerKind.Cycling;
            calls.Add((inBursts ? burst + random.Next(BurstLength) : Daytime(random), index));
        }
    }

    // Calls come between eight and twenty, mostly.
    private static int Daytime(Random random) =>
        random.NextDouble() < 0.95 ? (Day / 3) + random.Next(Day / 2) : random.Next(Day - BurstLength);
}
