namespace Ringfence.Screening.Simulation;

/// <summary>How large a simulated day is. The defaults are those of the figures in docs/policy.md.</summary>
public sealed record SimulationOptions
{
    /// <summary>Calls of the day.</summary>
    public int Calls { get; init; } = 1_000_000;

    /// <summary>Numbers that people, businesses and reminders call from.</summary>
    public int Legitimate { get; init; } = 20_000;

    /// <summary>Robocallers, in equal parts of the four patterns.</summary>
    public int Robocallers { get; init; } = 200;

    /// <summary>The part of the calls that robocallers make.</summary>
    public double RobocallShare { get; init; } = 0.3;

    /// <summary>Where the random numbers begin: the same seed gives the same day.</summary>
    public int Seed { get; init; } = 607;
}
