namespace Ringfence.Diagnosis.Capture.Fetches;

/// <summary>What happened on the way to a file behind https.</summary>
internal enum FetchStepKind
{
    /// <summary>A name was asked for (RFC 1035).</summary>
    NameAsked,

    /// <summary>The name has an address.</summary>
    NameFound,

    /// <summary>The name has none, or nobody who knows it answers.</summary>
    NameRefused,

    /// <summary>A connection was made.</summary>
    Opened,

    /// <summary>A connection was refused (RFC 9293 §3.10.7.1).</summary>
    Refused,

    /// <summary>Nobody answered to the attempts to connect.</summary>
    Unanswered,

    /// <summary>TLS ended in an alert (RFC 8446 §6.2).</summary>
    Alert,

    /// <summary>The final response of HTTP.</summary>
    Response,
}
