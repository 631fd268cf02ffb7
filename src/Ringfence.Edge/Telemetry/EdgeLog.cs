using Microsoft.Extensions.Logging;
using Ringfence.Screening.Reputation;

namespace Ringfence.Edge.Telemetry;

/// <summary>Every log line of the edge, with ids that never move.</summary>
internal static partial class EdgeLog
{
    [LoggerMessage(
        2001,
        LogLevel.Error,
        "{Count} call records could not be written: {Reason}. Calls go on; writing is tried again"
    )]
    internal static partial void RecordsNotWritten(ILogger log, int count, string reason);

    [LoggerMessage(2002, LogLevel.Information, "Listening on {Address}")]
    internal static partial void Listening(ILogger log, string address);

    [LoggerMessage(2006, LogLevel.Information, "Ending: new calls are refused with 503, {Calls} calls are still up")]
    internal static partial void Draining(ILogger log, int calls);

    [LoggerMessage(2007, LogLevel.Warning, "Route target {Host} was not resolved: {Reason}")]
    internal static partial void TargetNotResolved(ILogger log, string host, string reason);

    [LoggerMessage(2009, LogLevel.Warning, "The verdict on call {Call} was not waited for: the edge is ending")]
    internal static partial void VerificationAbandoned(ILogger log, string call);

    [LoggerMessage(2010, LogLevel.Error, "The new signing key is not used: {Fault}. The one in force stays")]
    internal static partial void SigningKeyRefused(ILogger log, string fault);

    [LoggerMessage(2011, LogLevel.Warning, "The signing certificate ends {When:u}")]
    internal static partial void SigningCertificateEnding(ILogger log, DateTimeOffset when);

    [LoggerMessage(
        2180,
        LogLevel.Error,
        "{Count} reports, refusals or list entries could not be written: {Reason}. They hold meanwhile; writing is tried again"
    )]
    internal static partial void EvidenceNotWritten(ILogger log, int count, string reason);

    [LoggerMessage(
        2181,
        LogLevel.Information,
        "Call {Call}: {Callee} says that {Caller} was unwanted ({Channel}); {Outcome}"
    )]
    internal static partial void Unwanted(
        ILogger log,
        string call,
        string callee,
        string caller,
        ReportChannel channel,
        ReportOutcome outcome
    );

    [LoggerMessage(2182, LogLevel.Information, "Appeal against refusal {Token} answered: {State}")]
    internal static partial void AppealAnswered(ILogger log, string token, string state);

    [LoggerMessage(2183, LogLevel.Information, "Call {Call} was rejected by {Name} ({Signer}): contact {Contact}")]
    internal static partial void RejectedBy(ILogger log, string call, string name, string signer, string contact);

    [LoggerMessage(2184, LogLevel.Warning, "Call {Call} was rejected; its jCard does not hold: {Fault}")]
    internal static partial void CardRefused(ILogger log, string call, string fault);

    [LoggerMessage(2008, LogLevel.Error, "A lane met a fault of the program and went on")]
    internal static partial void LaneFault(ILogger log, Exception exception);
}
