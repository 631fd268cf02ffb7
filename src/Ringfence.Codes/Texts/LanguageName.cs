namespace Ringfence.Codes;

/// <summary>A language in which the reference is complete.</summary>
/// <param name="Code">Language tag (<c>fr</c>).</param>
/// <param name="Name">Its name in itself (<c>Français</c>).</param>
public sealed record LanguageName(string Code, string Name);
