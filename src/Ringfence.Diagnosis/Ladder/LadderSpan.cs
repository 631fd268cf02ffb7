namespace Ringfence.Diagnosis.Ladder;

/// <summary>A run of media between two columns.</summary>
/// <param name="Start">When it begins, since the ladder began.</param>
/// <param name="End">When it ends.</param>
/// <param name="From">Index of the sending column.</param>
/// <param name="To">Index of the receiving column.</param>
/// <param name="Label">Codec and packets: <c>PCMA/8000 ×200</c>.</param>
/// <param name="IsEarly">Whether it ran before the answer.</param>
public sealed record LadderSpan(TimeSpan Start, TimeSpan End, int From, int To, string Label, bool IsEarly)
{
    /// <summary>Whether it carries named events (RFC 4733) and nothing to hear.</summary>
    public bool IsEvents { get; init; }

    /// <summary>What was to be heard in it, in order.</summary>
    public IReadOnlyList<LadderHeard> Heard { get; init; } = [];
}
