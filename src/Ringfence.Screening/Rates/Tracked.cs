namespace Ringfence.Screening.Rates;

/// <summary>What a record is kept under, and where a table looks for it.</summary>
internal readonly record struct Tracked(ulong Key, ulong Hash);
