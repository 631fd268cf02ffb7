namespace Ringfence.Screening.Rules;

/// <summary>Who decided: what code refuses follows from it (RFC 8197 §1, RFC 8688 §1). In the order in which they are asked.</summary>
public enum DecidedBy : byte
{
    /// <summary>Nobody objected.</summary>
    Default,

    /// <summary>The call may have to do with an emergency: nobody may stop it.</summary>
    Emergency,

    /// <summary>A rule that the law demands.</summary>
    Law,

    /// <summary>The called user, the user's own list or a rule that the user owns.</summary>
    User,

    /// <summary>The operator's analytics.</summary>
    Operator,
}
