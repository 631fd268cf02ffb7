using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>A phrase other than the registered one. Software matches on the number (RFC 3261 §7.2), people on phrases.</summary>
/// <param name="Phrase">The phrase as on the wire.</param>
/// <param name="Kind">Why it is met.</param>
/// <param name="Sources">Where it stands.</param>
public sealed record OtherPhrase(
    string Phrase,
    PhraseKind Kind,
    [property: JsonPropertyName("source")] IReadOnlyList<string> Sources
);
