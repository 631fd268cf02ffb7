namespace Ringfence.Diagnosis.Findings;

/// <summary>The words of one finding.</summary>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Seen">What was seen instead, with names of values in braces.</param>
/// <param name="Means">What it means for the caller.</param>
/// <param name="Fix">What to do, by role: caller, callee, network.</param>
public sealed record FindingText(
    string Title,
    string Expected,
    string Seen,
    string Means,
    IReadOnlyDictionary<string, string> Fix
);
