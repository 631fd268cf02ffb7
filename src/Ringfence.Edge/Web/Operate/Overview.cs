using Ringfence.Edge.Storage;

namespace Ringfence.Edge.Web.Operate;

/// <summary>What the overview shows.</summary>
public sealed record Overview
{
    /// <summary>Calls that are up now.</summary>
    public required int Now { get; init; }

    /// <summary>The last hour.</summary>
    public required HourOfCalls Hour { get; init; }

    /// <summary>The latest calls.</summary>
    public required IReadOnlyList<CallRecord> Latest { get; init; }

    /// <summary>What was found on them, by the id of the record.</summary>
    public required IReadOnlyDictionary<string, FindingMark> Findings { get; init; }

    /// <summary>Appeals that nobody has answered.</summary>
    public required long OpenAppeals { get; init; }

    /// <summary>Records that did not fit the writer's queue.</summary>
    public required long LostRecords { get; init; }

    /// <summary>False while what callees say cannot be written.</summary>
    public required bool IsSound { get; init; }

    /// <summary>True while the edge ends: new calls get 503.</summary>
    public required bool IsDraining { get; init; }

    /// <summary>Where calls are taken.</summary>
    public required IReadOnlyList<string> Listening { get; init; }

    /// <summary>An address that a test call can be sent to.</summary>
    public required string CallHere { get; init; }
}
