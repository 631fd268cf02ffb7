namespace Ringfence.Diagnosis.Report;

/// <summary>One thing that is not the same in both calls, in words.</summary>
/// <param name="Where">In what: the offers, a message.</param>
/// <param name="What">The header field, or the part of the description.</param>
/// <param name="Good">How it is in the good call.</param>
/// <param name="Bad">How it is in the bad call.</param>
internal sealed record ComparedDifference(string Where, string What, string Good, string Bad);
