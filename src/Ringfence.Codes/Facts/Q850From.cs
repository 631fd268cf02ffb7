using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>A Q.850 cause that a gateway turns into the code (RFC 3398 §7.2.4.1).</summary>
/// <param name="Cause">Cause number, or null for all causes without a mapping of their own.</param>
/// <param name="Sources">Where it stands.</param>
/// <param name="When">Key of the labels <c>conditions</c>, or null for always.</param>
public sealed record Q850From(
    int? Cause,
    [property: JsonPropertyName("source")] IReadOnlyList<string> Sources,
    string? When = null
);
