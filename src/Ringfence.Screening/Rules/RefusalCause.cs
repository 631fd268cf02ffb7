namespace Ringfence.Screening.Rules;

/// <summary>Why a call is refused, as far as the code depends on it.</summary>
public enum RefusalCause : byte
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>The callee does not want this caller.</summary>
    Unwanted,

    /// <summary>The callee does not want to be reached here and now; another device may ring.</summary>
    NotHere,

    /// <summary>An intermediary judged the call.</summary>
    Analytics,

    /// <summary>The caller's identity does not hold, or is missing.</summary>
    Identity,

    /// <summary>The caller withholds its identity.</summary>
    Anonymous,

    /// <summary>The caller's number is invalid, unallocated or never originates calls.</summary>
    InvalidCaller,

    /// <summary>The called number does not exist.</summary>
    InvalidCallee,
}
