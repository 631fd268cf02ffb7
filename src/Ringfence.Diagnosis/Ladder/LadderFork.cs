namespace Ringfence.Diagnosis.Ladder;

/// <summary>One early dialog of an INVITE that was answered by several (RFC 3261 §16.7, RFC 6228).</summary>
/// <param name="Name">A, B, C in the order in which they came up.</param>
/// <param name="Tag">The To tag.</param>
/// <param name="Host">Index of the column that answered.</param>
/// <param name="Responses">When its responses came.</param>
/// <param name="End">When it ended; null where the trace shows no end.</param>
/// <param name="Answered">Whether it ended with the answer.</param>
public sealed record LadderFork(
    string Name,
    string Tag,
    int Host,
    IReadOnlyList<TimeSpan> Responses,
    TimeSpan? End,
    bool Answered
);
