namespace Ringfence.Diagnosis.Ladder;

/// <summary>A reliable provisional response and the PRACK that acknowledges it (RFC 3262).</summary>
/// <param name="Start">When the response came, since the ladder began.</param>
/// <param name="End">When the PRACK was answered, or sent; null if none came.</param>
/// <param name="Host">Index of the caller's column.</param>
/// <param name="Number">The RSeq.</param>
public sealed record LadderBracket(TimeSpan Start, TimeSpan? End, int Host, uint Number)
{
    /// <summary>When the INVITE had its final response, after which nobody waits for the PRACK any more; null if the trace has none.</summary>
    public TimeSpan? Until { get; init; }
}
