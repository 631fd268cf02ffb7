namespace Ringfence.Commands.Policies;

/// <summary>Where the calls of a replay come from.</summary>
internal enum RecordKind
{
    /// <summary>A capture or a log of SIP messages.</summary>
    Capture,

    /// <summary>The database of an edge.</summary>
    Database,

    /// <summary>Facts as JSON.</summary>
    Json,
}
