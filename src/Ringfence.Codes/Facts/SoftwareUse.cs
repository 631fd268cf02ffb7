using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>What one program does with a code.</summary>
/// <param name="Sends">
/// When it sends the code: hangup causes as numbers, other occasions as keys of the labels <c>software</c>.
/// </param>
/// <param name="Reads">The hangup cause (Q.850) it takes a received code for, or null where none is known.</param>
/// <param name="Sources">The program.</param>
public sealed record SoftwareUse(
    [property: JsonConverter(typeof(OccasionsConverter))] IReadOnlyList<string> Sends,
    int? Reads,
    [property: JsonPropertyName("source")] IReadOnlyList<string> Sources
);
