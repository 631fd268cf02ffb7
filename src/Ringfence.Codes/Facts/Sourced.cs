using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>A fact and where it stands.</summary>
/// <typeparam name="T">What the fact is.</typeparam>
/// <param name="Value">The fact.</param>
/// <param name="Sources">
/// For example <c>RFC 8197 §4</c>, <c>Asterisk</c>, or <c>practice</c> for observed use that no RFC lays down.
/// </param>
public sealed record Sourced<T>(T Value, [property: JsonPropertyName("source")] IReadOnlyList<string> Sources);
