namespace Ringfence.Diagnosis.Ladder;

/// <summary>What is known of the Identity of an INVITE (RFC 8224).</summary>
public enum LadderShield
{
    /// <summary>Nothing is said of it.</summary>
    None,

    /// <summary>It is signed, and nobody has checked the signature.</summary>
    Unverified,

    /// <summary>It holds.</summary>
    Passed,

    /// <summary>It does not hold.</summary>
    Failed,

    /// <summary>There is none.</summary>
    Absent,
}
