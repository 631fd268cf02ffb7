namespace Ringfence.Screening.Rules;

/// <summary>Whose rule it is, in the order in which rules are tried.</summary>
public enum RuleOwner : byte
{
    /// <summary>The law's: before the callee's wishes.</summary>
    Law,

    /// <summary>The called user's.</summary>
    User,

    /// <summary>The operator's.</summary>
    Operator,
}
