namespace Ringfence.Diagnosis.Findings;

/// <summary>A place in the trace that a finding rests on.</summary>
/// <param name="Frame">The frame number, from 1.</param>
/// <param name="Time">Nanoseconds since 1970.</param>
/// <param name="What">The start line, or what else is to be looked at.</param>
public readonly record struct Evidence(long Frame, long Time, string What);
