namespace Ringfence.Codes;

/// <summary>A header field of a response, in a language.</summary>
/// <param name="Name">Name of the header field.</param>
/// <param name="Need">How binding it is.</param>
/// <param name="When">Under which condition, or null for always.</param>
/// <param name="Sources">Where it stands.</param>
public sealed record WordedHeader(string Name, string Need, string? When, IReadOnlyList<string> Sources);
