namespace Ringfence.Stir.Verification;

/// <summary>What verification says of a call's caller identity as a whole (RFC 8224 §6.2).</summary>
public enum VerificationOutcome : byte
{
    /// <summary>The request carried no Identity header that this verifier understands.</summary>
    Absent,

    /// <summary>A PASSporT held in every step.</summary>
    Passed,

    /// <summary>A step failed: the identity must not be believed.</summary>
    Failed,

    /// <summary>No verdict could be reached: the certificate was not to be had in time.</summary>
    Unavailable,
}
