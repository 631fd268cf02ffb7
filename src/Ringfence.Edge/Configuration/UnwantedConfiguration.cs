using System.Collections.Frozen;

namespace Ringfence.Edge.Configuration;

/// <summary>How called users say that a call was unwanted, and whose users they are.</summary>
public sealed record UnwantedConfiguration
{
    /// <summary>
    /// Trunks whose callers are our own users: who calls by them is known to be who it says, so that it may dial the codes, and
    /// whom it dials may call back.
    /// </summary>
    public IReadOnlySet<string> Users { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Dialled after a call: its caller is unwanted.</summary>
    public string BlockCode { get; init; } = "*60";

    /// <summary>Dialled after that: it was wanted after all.</summary>
    public string UndoCode { get; init; } = "*80";
}
