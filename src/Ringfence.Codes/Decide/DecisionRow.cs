using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>One row of "which code should I send?", in no language.</summary>
/// <param name="Id">Name of the row.</param>
/// <param name="Who">Who decided: key of <c>who</c> (<c>user</c>, <c>analytics</c>, ...).</param>
/// <param name="Why">Why: key of <c>why</c> (<c>unwanted-caller</c>, ...).</param>
/// <param name="Whom">Who must understand it, or for how many places it speaks: key of <c>whom</c>.</param>
/// <param name="Code">The code to send.</param>
/// <param name="Sources">Where it stands.</param>
/// <param name="Also">Codes that are defensible as well.</param>
public sealed record DecisionRow(
    string Id,
    string Who,
    string Why,
    string Whom,
    int Code,
    [property: JsonPropertyName("source")] IReadOnlyList<string> Sources,
    IReadOnlyList<int>? Also = null
);
