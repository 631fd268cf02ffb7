namespace Ringfence.Screening.Rules;

/// <summary>What a rule does when it holds.</summary>
public enum RuleVerb : byte
{
    /// <summary>Lets the call ring.</summary>
    Progress,

    /// <summary>Asks the caller to show to be a person; a caller that has goes on to the next rule.</summary>
    Challenge,

    /// <summary>Refuses the call.</summary>
    Refuse,

    /// <summary>Marks the call and decides nothing.</summary>
    Mark,
}
