namespace Ringfence.Screening.Lists;

/// <summary>Hears of each entry that was taken while a list is read.</summary>
/// <param name="entry">The entry as it was written.</param>
/// <param name="label">Its label; empty for none.</param>
public delegate void ListEntryTaken(ReadOnlySpan<char> entry, ReadOnlySpan<char> label);
