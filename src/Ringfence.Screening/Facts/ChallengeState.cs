namespace Ringfence.Screening.Facts;

/// <summary>Whether this caller has shown to be a person.</summary>
public enum ChallengeState : byte
{
    /// <summary>Nobody has asked.</summary>
    None,

    /// <summary>Passed, in this call or remembered from one before.</summary>
    Passed,

    /// <summary>Failed or not answered in this call.</summary>
    Failed,
}
