namespace Ringfence.Screening.Lists;

/// <summary>How far an import has come.</summary>
/// <param name="Lines">Lines read.</param>
/// <param name="Accepted">Entries taken.</param>
/// <param name="Rejected">Lines refused.</param>
/// <param name="Characters">Characters read, for a progress bar against the file's size.</param>
public readonly record struct ListProgress(int Lines, int Accepted, int Rejected, long Characters);
