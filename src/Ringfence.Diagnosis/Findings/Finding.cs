using Ringfence.Diagnosis.Calls;

namespace Ringfence.Diagnosis.Findings;

/// <summary>One thing that explains, or mars, a call. Its words stand in the texts under <see cref="Id"/>.</summary>
public sealed record Finding
{
    /// <summary>The stable id: <c>EM-02</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The call it is about.</summary>
    public required Call Call { get; init; }

    /// <summary>How much it matters.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>How sure it is.</summary>
    public required FindingConfidence Confidence { get; init; }

    /// <summary>What makes it a fault.</summary>
    public required FindingBasis Basis { get; init; }

    /// <summary>The section of the RFC that it rests on: <c>RFC 3262 §3</c>.</summary>
    public required string Section { get; init; }

    /// <summary>Where it can be seen, earliest first.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>What was seen, by the names that the texts use: <c>ip</c>, <c>seconds</c>.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The response codes that it is about, for links to their reference.</summary>
    public IReadOnlyList<int> Codes { get; init; } = [];

    /// <summary>Ids of findings of the same call that brought this one about.</summary>
    public IReadOnlyList<string> CausedBy { get; init; } = [];
}
