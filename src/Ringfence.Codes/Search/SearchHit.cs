namespace Ringfence.Codes;

/// <summary>A code that a search has found.</summary>
/// <param name="Found">The code.</param>
/// <param name="Score">How well it fits; comparable within one search only.</param>
public sealed record SearchHit(CodeLink Found, double Score);
