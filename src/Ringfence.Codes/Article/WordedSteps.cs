namespace Ringfence.Codes;

/// <summary>What one kind of element does next, in a language.</summary>
/// <param name="Element">Key of the element (<c>forking-proxy</c>).</param>
/// <param name="Heading">Its name.</param>
/// <param name="Steps">What it does, in order; each a predicate without capital and full stop.</param>
/// <param name="Sources">Where it stands.</param>
public sealed record WordedSteps(
    string Element,
    string Heading,
    IReadOnlyList<string> Steps,
    IReadOnlyList<string> Sources
);
