namespace Ringfence.Screening.Rules;

/// <summary>How a caller can show to be a person.</summary>
public enum ChallengeKind : byte
{
    /// <summary>By pressing a digit that the prompt names.</summary>
    PressDigit,

    /// <summary>By saying who calls; the callee hears it and accepts or refuses.</summary>
    SayWho,
}
