namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>For every rule a call that shows it, and one nearly alike that does not.</summary>
internal static class Scenarios
{
    public static IReadOnlyDictionary<string, (string Id, Script Shows, Script Almost)> ById { get; } =
        EarlyMediaScenarios
            .All()
            .Concat(BlockedScenarios.All())
            .Concat(SignallingScenarios.All())
            .Concat(MediaScenarios.All())
            .ToDictionary(scenario => scenario.Id, StringComparer.Ordinal);
}
