using Microsoft.Extensions.Logging;

namespace Ringfence.Edge.Telemetry;

/// <summary>Log lines of what keeps caller identity up to date, with ids that never move.</summary>
internal static partial class StirLog
{
    [LoggerMessage(
        2160,
        LogLevel.Information,
        "Trust list {Sequence} is in force: {Roots} roots, to be renewed by {Expires:u}"
    )]
    internal static partial void TrustListTaken(ILogger log, long sequence, int roots, DateTimeOffset expires);

    [LoggerMessage(2161, LogLevel.Error, "The trust list at {Url} is not taken: {Outcome}. What is in force stays")]
    internal static partial void TrustListNotTaken(ILogger log, Uri url, string outcome);

    [LoggerMessage(2162, LogLevel.Warning, "{What} ends {When:u}")]
    internal static partial void Ending(ILogger log, string what, DateTimeOffset when);

    [LoggerMessage(2163, LogLevel.Error, "The revocation list at {Url} is not taken: {Reason}. What is in force stays")]
    internal static partial void RevocationListNotTaken(ILogger log, Uri url, string reason);

    [LoggerMessage(2164, LogLevel.Information, "The revocation list at {Url} is in force")]
    internal static partial void RevocationListTaken(ILogger log, Uri url);

    [LoggerMessage(2165, LogLevel.Warning, "The revocation list of {Issuer} was to be renewed by {When:u}")]
    internal static partial void RevocationListOverdue(ILogger log, string issuer, DateTimeOffset when);

    [LoggerMessage(
        2166,
        LogLevel.Warning,
        "A verifier would not find the chain in use at {Url}: {Reason}. Signed calls fail there"
    )]
    internal static partial void ChainNotPublished(ILogger log, string url, string reason);

    [LoggerMessage(2167, LogLevel.Information, "Serving the signer's chain at {Address}")]
    internal static partial void Publishing(ILogger log, string address);

    [LoggerMessage(
        2168,
        LogLevel.Error,
        "The new certificate of the web server is not used: {Reason}. The one in force stays"
    )]
    internal static partial void WebCertificateRefused(ILogger log, string reason);

    [LoggerMessage(2169, LogLevel.Information, "A new signing key is in use; its certificate ends {When:u}")]
    internal static partial void SigningKeyTaken(ILogger log, DateTimeOffset when);
}
