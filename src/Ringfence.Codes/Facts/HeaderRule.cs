using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>A header field that a response must, should or may carry.</summary>
/// <param name="Name">Name of the header field, with a parameter where that is meant (<c>To;tag</c>).</param>
/// <param name="Need">How binding it is.</param>
/// <param name="Sources">Where it stands.</param>
/// <param name="When">Key of the labels <c>conditions</c>, or null for always.</param>
public sealed record HeaderRule(
    string Name,
    HeaderNeed Need,
    [property: JsonPropertyName("source")] IReadOnlyList<string> Sources,
    string? When = null
);
