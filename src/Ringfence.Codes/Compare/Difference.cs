namespace Ringfence.Codes;

/// <summary>A matter in which two codes differ.</summary>
/// <param name="Axis">Key of the fact.</param>
/// <param name="Heading">Its heading.</param>
/// <param name="A">The wording for the lower code, as for a table cell.</param>
/// <param name="B">The wording for the higher code.</param>
/// <param name="Sentence">Both in one sentence, or null where the cells say it all.</param>
/// <param name="Sources">Where both stand.</param>
public sealed record Difference(
    string Axis,
    string Heading,
    string A,
    string B,
    string? Sentence,
    IReadOnlyList<string> Sources
);
