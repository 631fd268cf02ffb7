namespace Ringfence.Screening.Policy;

/// <summary>What a callee wants of callers that it neither allowed nor knows.</summary>
public enum StrangerWish : byte
{
    /// <summary>Let the operator's rules decide.</summary>
    Default,

    /// <summary>They say who they are; the callee accepts or refuses.</summary>
    SayWho,

    /// <summary>They are refused.</summary>
    Refuse,
}
