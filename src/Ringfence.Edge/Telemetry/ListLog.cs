using Microsoft.Extensions.Logging;

namespace Ringfence.Edge.Telemetry;

/// <summary>What becomes of the files of lists, as log lines.</summary>
internal static partial class ListLog
{
    [LoggerMessage(2400, LogLevel.Information, "List {List}: {File} has changed; its {Count} entries are in force")]
    internal static partial void Taken(ILogger log, string list, string file, int count);

    [LoggerMessage(
        2401,
        LogLevel.Error,
        "List {List}: {File} has changed, and {Count} of its lines are no entries; the list in force stays"
    )]
    internal static partial void Left(ILogger log, string list, string file, int count);

    [LoggerMessage(2402, LogLevel.Warning, "{File}:{Line}: \"{Text}\": {Fault}")]
    internal static partial void Rejected(ILogger log, string file, long line, string text, string fault);

    [LoggerMessage(
        2403,
        LogLevel.Error,
        "List {List}: {File} has changed and cannot be read: {Reason}; the list in force stays"
    )]
    internal static partial void Unreadable(ILogger log, string list, string file, string reason);
}
