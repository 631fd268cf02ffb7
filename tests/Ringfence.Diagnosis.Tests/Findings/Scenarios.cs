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

    /// <summary>Every pair by the name of its capture: those above by the id of their rule, and a rule's other forms by the id and a word.</summary>
    public static IReadOnlyDictionary<string, (string Id, Script Shows, Script Almost)> ByName { get; } =
        ById
            .Values.Select(pair => (Name: pair.Id, Pair: pair))
            .Concat(FormScenarios.All().Select(f => (Name: $"{f.Id}-{f.Form}", Pair: (f.Id, f.Shows, f.Almost))))
            .ToDictionary(named => named.Name, named => named.Pair, StringComparer.Ordinal);
}
