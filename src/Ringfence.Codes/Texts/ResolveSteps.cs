namespace Ringfence.Codes;

/// <summary>What to do about a code, by side.</summary>
/// <param name="Caller">What the caller can do.</param>
/// <param name="Operator">What an operator on the way can do.</param>
/// <param name="Called">What the called side can do.</param>
public sealed record ResolveSteps(
    IReadOnlyList<string> Caller,
    IReadOnlyList<string> Operator,
    IReadOnlyList<string> Called
);
