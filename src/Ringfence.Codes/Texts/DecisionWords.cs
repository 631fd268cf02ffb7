namespace Ringfence.Codes;

/// <summary>The wording of the decision table in one language.</summary>
internal sealed record DecisionWords(
    Dictionary<string, string> Who,
    Dictionary<string, string> Why,
    Dictionary<string, string> Whom,
    Dictionary<string, string> Because
);
