namespace Ringfence.Diagnosis.Findings;

/// <summary>A file of words.</summary>
internal sealed record FindingTextFile(
    IReadOnlyDictionary<string, string> Words,
    IReadOnlyDictionary<string, FindingText> Findings
);
