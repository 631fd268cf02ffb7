namespace Ringfence.Codes;

/// <summary>A fact of a code in a language.</summary>
/// <param name="Axis">Key of the fact (<c>forking</c>).</param>
/// <param name="Heading">Its heading.</param>
/// <param name="Text">Its wording, as for a table cell.</param>
/// <param name="Sources">Where it stands.</param>
public sealed record WordedFact(string Axis, string Heading, string Text, IReadOnlyList<string> Sources);
