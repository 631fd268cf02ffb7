using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>The Q.850 cause that a gateway puts into the release towards ISUP (RFC 3398 §8.2.6.1).</summary>
/// <param name="Cause">Cause number.</param>
/// <param name="Location"><c>user</c> or <c>network</c>.</param>
/// <param name="Sources">Where it stands.</param>
public sealed record Q850To(
    int Cause,
    string Location,
    [property: JsonPropertyName("source")] IReadOnlyList<string> Sources
);
