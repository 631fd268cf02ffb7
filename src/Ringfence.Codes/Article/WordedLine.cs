namespace Ringfence.Codes;

/// <summary>A line of a small list, in a language.</summary>
/// <param name="Heading">What it is about (<c>Asterisk</c>, <c>towards ISUP</c>).</param>
/// <param name="Text">What it says.</param>
/// <param name="Sources">Where it stands.</param>
public sealed record WordedLine(string Heading, string Text, IReadOnlyList<string> Sources);
