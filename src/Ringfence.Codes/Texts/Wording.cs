namespace Ringfence.Codes;

/// <summary>The wording of one fact value.</summary>
/// <param name="Short">A few words, for a table cell.</param>
/// <param name="Says">A predicate whose subject is a code; null for values that are only listed.</param>
internal sealed record Wording(string Short, string? Says = null);
