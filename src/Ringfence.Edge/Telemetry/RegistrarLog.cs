using Microsoft.Extensions.Logging;

namespace Ringfence.Edge.Telemetry;

/// <summary>Log lines of listeners, users and taps.</summary>
internal static partial class RegistrarLog
{
    [LoggerMessage(
        2110,
        LogLevel.Error,
        "The contacts of {Count} users could not be written: {Reason}. They are reachable; writing is tried again"
    )]
    internal static partial void NotWritten(ILogger log, int count, string reason);

    [LoggerMessage(2111, LogLevel.Error, "A REGISTER met a fault of the program and was answered 500")]
    internal static partial void Fault(ILogger log, Exception exception);

    [LoggerMessage(2112, LogLevel.Warning, "TLS connection of {Peer} refused: {Fault}. {Detail}")]
    internal static partial void TlsRefused(ILogger log, string peer, string fault, string detail);

    [LoggerMessage(
        2113,
        LogLevel.Warning,
        "{Setting} has changed in the configuration: it takes effect with the next start"
    )]
    internal static partial void NeedsRestart(ILogger log, string setting);

    [LoggerMessage(2114, LogLevel.Warning, "{Tap} lost {Count} messages: it could not follow")]
    internal static partial void TapLost(ILogger log, string tap, long count);
}
