namespace Ringfence.Stir.Verification;

/// <summary>The SIP status and reason phrase that a fault earns (RFC 8224 §6.2.2).</summary>
/// <param name="Code">403, 428, 436, 437 or 438.</param>
/// <param name="Phrase">The reason phrase.</param>
public readonly record struct FaultStatus(int Code, string Phrase)
{
    /// <summary>No Identity header at all where policy wants one.</summary>
    public static FaultStatus UseIdentityHeader { get; } = new(428, "Use Identity Header");

    /// <summary>Only kinds of PASSporT that are not supported.</summary>
    public static FaultStatus UseSupportedFormat { get; } = new(428, "Use Supported PASSporT Format");

    /// <summary>The certificate could not be had.</summary>
    public static FaultStatus BadIdentityInfo { get; } = new(436, "Bad Identity Info");

    /// <summary>The certificate was had and is not supported or trusted.</summary>
    public static FaultStatus UnsupportedCredential { get; } = new(437, "Unsupported Credential");

    /// <summary>The date is not fresh.</summary>
    public static FaultStatus StaleDate { get; } = new(403, "Stale Date");

    /// <summary>The header or its signature does not hold.</summary>
    public static FaultStatus InvalidIdentityHeader { get; } = new(438, "Invalid Identity Header");

    /// <summary>A full-form PASSporT lacks or breaks what its kind requires.</summary>
    public static FaultStatus InvalidPassport { get; } = new(438, "Invalid PASSporT");

    /// <summary>The status of a fault.</summary>
    /// <param name="fault">Any fault but <see cref="Fault.None"/>.</param>
    public static FaultStatus Of(Fault fault) =>
        fault switch
        {
            Fault.PptUnsupported => UseSupportedFormat,
            Fault.InfoMismatch => InvalidIdentityHeader,
            Fault.ConstraintInclude or Fault.ConstraintValue or Fault.ConstraintExclude => InvalidPassport,
            Fault.OrigOutsideAuthority or Fault.DivOutsideAuthority or Fault.PriorityAuthority => UnsupportedCredential,
            _ => Of(RuleOf(fault)),
        };

    /// <summary>The step that a fault belongs to.</summary>
    /// <param name="fault">Any fault but <see cref="Fault.None"/>.</param>
    public static VerificationRule RuleOf(Fault fault) => (VerificationRule)((int)fault / 100);

    /// <summary>Whether a fault is reported without failing the token.</summary>
    /// <param name="fault">Any fault.</param>
    public static bool IsWarning(Fault fault) => fault is Fault.DateDiffers or Fault.ProfileWarned;

    private static FaultStatus Of(VerificationRule rule) =>
        rule switch
        {
            VerificationRule.Jose or VerificationRule.Claims => InvalidPassport,
            VerificationRule.Freshness => StaleDate,
            VerificationRule.Location or VerificationRule.Credential => BadIdentityInfo,
            VerificationRule.Path
            or VerificationRule.Revocation
            or VerificationRule.Profile
            or VerificationRule.Authority
            or VerificationRule.Constraints => UnsupportedCredential,
            _ => InvalidIdentityHeader,
        };
}
