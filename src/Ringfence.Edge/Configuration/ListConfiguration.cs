using Ringfence.Screening.Lists;

namespace Ringfence.Edge.Configuration;

/// <summary>A list of numbers that policy can ask for by name, loaded.</summary>
/// <param name="Name">The name.</param>
/// <param name="List">Its entries.</param>
public sealed record ListConfiguration(string Name, NumberList List)
{
    /// <summary>The file that it came from; null where the configuration itself has it.</summary>
    public string? File { get; init; }

    /// <summary>What the file was when it was read.</summary>
    internal FileStamp Stamp { get; init; }
}
