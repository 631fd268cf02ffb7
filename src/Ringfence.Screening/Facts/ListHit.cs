namespace Ringfence.Screening.Facts;

/// <summary>A list that one of the call's parties is on.</summary>
/// <param name="List">The list's name; those of the callee itself begin with "callee.".</param>
/// <param name="Subject">Which party is on it.</param>
/// <param name="Entry">The entry that matched, as a list file would write it: "+33199001234", "+33199*", "example.com".</param>
/// <param name="Label">What the list says of the entry, or null.</param>
public readonly record struct ListHit(string List, ListSubject Subject, string Entry, string? Label = null);
