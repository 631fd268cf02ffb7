using Microsoft.Extensions.Logging;

namespace Ringfence.Edge.LiveFindings;

/// <summary>What the rules say of the edge's own calls, as log lines.</summary>
internal static partial class LiveFindingsLog
{
    [LoggerMessage(2195, LogLevel.Warning, "Call {Call}: {Finding} {Title}: {Seen}")]
    internal static partial void Found(ILogger log, string call, string finding, string title, string seen);

    [LoggerMessage(2196, LogLevel.Warning, "The findings of {Count} calls could not be written: {Reason}")]
    internal static partial void NotWritten(ILogger log, int count, string reason);

    [LoggerMessage(2197, LogLevel.Error, "A rule failed on call {Call}; its findings are not known")]
    internal static partial void RuleFailed(ILogger log, string call, Exception exception);
}
