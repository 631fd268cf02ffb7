using Microsoft.Extensions.Logging;

namespace Ringfence.Edge.Telemetry;

/// <summary>The log lines of early media, with ids that never move.</summary>
internal static partial class EarlyMediaLog
{
    [LoggerMessage(2140, LogLevel.Warning, "The early media recording {File} was not written: {Reason}")]
    internal static partial void RecordingNotWritten(ILogger log, string file, string reason);

    [LoggerMessage(
        2141,
        LogLevel.Warning,
        "Call {Call} of trunk {Trunk} was answered, and likely by nobody: score {Score} of 100"
    )]
    internal static partial void LikelyFalseAnswer(ILogger log, string call, string trunk, int score);
}
