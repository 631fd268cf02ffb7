using Ringfence.Screening.Lists;

namespace Ringfence.Edge.Configuration;

/// <summary>A list of numbers that policy can ask for by name, loaded.</summary>
/// <param name="Name">The name.</param>
/// <param name="List">Its entries.</param>
public sealed record ListConfiguration(string Name, NumberList List);
