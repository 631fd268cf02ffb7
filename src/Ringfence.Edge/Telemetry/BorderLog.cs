using System.Net;
using Microsoft.Extensions.Logging;
using Ringfence.Media.RtpEngine;

namespace Ringfence.Edge.Telemetry;

/// <summary>The log lines of rtpengine, with ids that never move.</summary>
internal static partial class BorderLog
{
    [LoggerMessage(2150, LogLevel.Error, "rtpengine at {Address} does not answer")]
    internal static partial void Away(ILogger log, IPEndPoint address);

    [LoggerMessage(2151, LogLevel.Information, "rtpengine at {Address} answers")]
    internal static partial void There(ILogger log, IPEndPoint address);

    [LoggerMessage(2152, LogLevel.Warning, "Call {Call} of trunk {Trunk} is refused with 503: rtpengine: {Reason}")]
    internal static partial void Refused(ILogger log, string call, string trunk, string reason);

    [LoggerMessage(2153, LogLevel.Warning, "Call {Call} of trunk {Trunk} goes without rtpengine: {Reason}")]
    internal static partial void OnItsOwn(ILogger log, string call, string trunk, string reason);

    [LoggerMessage(2154, LogLevel.Warning, "rtpengine did not delete {Call}: {Fault} {Reason}")]
    internal static partial void NotDeleted(ILogger log, string call, RtpEngineFault fault, string reason);
}
