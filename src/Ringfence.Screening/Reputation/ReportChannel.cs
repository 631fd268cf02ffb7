namespace Ringfence.Screening.Reputation;

/// <summary>How a callee said that a call was unwanted.</summary>
public enum ReportChannel : byte
{
    /// <summary>607 in place of an answer: judged by the number alone (RFC 8197 §4).</summary>
    BeforeAnswer,

    /// <summary>
    /// 607 as the Reason of a BYE. It weighs less: after transfers and third-party control it may hit the wrong party
    /// (RFC 8197 §6).
    /// </summary>
    MidCall,

    /// <summary>A star code after the call.</summary>
    StarCode,

    /// <summary>A button on a page.</summary>
    Button,

    /// <summary>An API call.</summary>
    Api,

    /// <summary>The report command.</summary>
    Command,
}
