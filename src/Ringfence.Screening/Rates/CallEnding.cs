namespace Ringfence.Screening.Rates;

/// <summary>How a call ended, as far as the caller's rates care.</summary>
public enum CallEnding : byte
{
    /// <summary>Nobody answered, or the caller gave up.</summary>
    Unanswered,

    /// <summary>Answered, and the two talked.</summary>
    Talked,

    /// <summary>Answered, and over within ten seconds.</summary>
    Short,

    /// <summary>Refused by the callee or by a screen (603, 607, 608).</summary>
    Refused,

    /// <summary>The called number does not exist (404, 410, 604).</summary>
    Invalid,
}
