namespace Ringfence.Edge.Configuration;

/// <summary>A list of numbers that policy can ask for by name.</summary>
/// <param name="Name">The name.</param>
/// <param name="File">The file that holds it, absolute; null when the entries stand in the configuration.</param>
/// <param name="Entries">Entries written in the configuration.</param>
public sealed record ListConfiguration(string Name, string? File, IReadOnlyList<string> Entries);
