namespace Ringfence.Diagnosis.Calls;

/// <summary>How far a call got. What the trace does not show is incomplete, never failed.</summary>
public enum CallState
{
    /// <summary>The trace lacks the beginning or the end: nothing can be said of the outcome.</summary>
    Incomplete,

    /// <summary>No final response, though every timer of the caller ran out within the trace (RFC 3261 §17.1.1.2, timer B).</summary>
    Unanswered,

    /// <summary>Alerting or with early media when the trace ends.</summary>
    Early,

    /// <summary>Answered, and still up when the trace ends.</summary>
    Answered,

    /// <summary>Answered and ended.</summary>
    Completed,

    /// <summary>Ended by the caller before the answer.</summary>
    Cancelled,

    /// <summary>Answered with 3xx.</summary>
    Redirected,

    /// <summary>Refused by a decision: 403, 433, 603, 607, 608, or a code of STIR.</summary>
    Refused,

    /// <summary>Ended by another final response from 400 on.</summary>
    Failed,
}
