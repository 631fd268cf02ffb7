using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;

namespace Ringfence.Stir.Verification;

/// <summary>What verification says of a request, and why.</summary>
public sealed class VerificationResult
{
    internal VerificationResult(CallIdentities call, List<IdentityCheck> checks, DateTimeOffset now)
    {
        Call = call;
        VerifiedAt = now;
        Identities = checks.ConvertAll(check => new IdentityResult(check));
        Believed = Choose(Identities);
        (Outcome, Status) = Believed is null ? Decide(Identities) : (VerificationOutcome.Passed, null);
    }

    /// <summary>The verdict.</summary>
    public VerificationOutcome Outcome { get; }

    /// <summary>
    /// The status for a policy that refuses what does not pass (RFC 8224 §6.2.2): 403, 428, 436, 437 or 438. Null when the call passed.
    /// To refuse or not is never verification's decision.
    /// </summary>
    public FaultStatus? Status { get; }

    /// <summary>Every identity in the order of the request, then those from inside of "opt".</summary>
    public IReadOnlyList<IdentityResult> Identities { get; }

    /// <summary>The identity that passed and speaks for the caller, or null.</summary>
    public IdentityResult? Believed { get; }

    /// <summary>When it was verified.</summary>
    public DateTimeOffset VerifiedAt { get; }

    /// <summary>The attestation of the identity believed.</summary>
    public Attestation Attestation => Believed?.Passport?.Claims.Attest ?? Attestation.None;

    /// <summary>"origid" of the identity believed.</summary>
    public string? OrigId => Believed?.Passport?.Claims.OrigId;

    /// <summary>Who signed the identity believed, or the first one whose certificate was had.</summary>
    public string? Signer =>
        (Believed ?? Identities.FirstOrDefault(identity => identity.Certificate is not null))?.Certificate?.Signer;

    /// <summary>"verstat" for a trusted callee (3GPP TS 24.229 §7.2A.20): failed only when verification ran and failed.</summary>
    public string Verstat =>
        Outcome switch
        {
            VerificationOutcome.Passed => "TN-Validation-Passed",
            VerificationOutcome.Failed => "TN-Validation-Failed",
            _ => "No-TN-Validation",
        };

    /// <summary>Values of Reason headers for the next response, one for each identity that failed (RFC 9410).</summary>
    public IEnumerable<string> Reasons =>
        Identities
            .Where(identity => identity is { HasPassed: false, IsIgnored: false })
            .Select(identity => identity.Reason!);

    internal CallIdentities Call { get; }

    /// <summary>RFC 8224 §6.2.1: one valid identity suffices, whatever the others. A diversion or a priority speaks not for the caller.</summary>
    private static IdentityResult? Choose(IReadOnlyList<IdentityResult> identities) =>
        identities
            .Where(identity =>
                identity
                    is {
                        HasPassed: true,
                        Passport.Type: not (PassportType.Div or PassportType.DivO or PassportType.Rph)
                    }
            )
            .MaxBy(identity => identity.Passport!.Type == PassportType.Shaken ? 1 : 0);

    private static (VerificationOutcome Outcome, FaultStatus? Status) Decide(IReadOnlyList<IdentityResult> identities)
    {
        // Passed diversions and priorities, and those ignored, are no failures.
        IdentityResult[] failed = [.. identities.Where(identity => identity is { HasPassed: false, IsIgnored: false })];
        if (failed.Length == 0)
        {
            return (
                VerificationOutcome.Absent,
                identities.Count == 0 ? FaultStatus.UseIdentityHeader : FaultStatus.UseSupportedFormat
            );
        }

        // What fails only because another of its chain does is not the cause.
        IdentityResult[] causes = Array.FindAll(
            failed,
            identity => FaultStatus.RuleOf(identity.Fault) != VerificationRule.Chain
        );
        causes = causes.Length == 0 ? failed : causes;

        // 436 only where all credentials are out of reach; else the one that came furthest is the likeliest to be meant.
        IdentityResult[] reached = Array.FindAll(causes, identity => identity.Status!.Value.Code != 436);
        IdentityResult? furthest = reached.MaxBy(identity => (int)identity.Fault / 100);
        return furthest is null
            ? (VerificationOutcome.Unavailable, FaultStatus.BadIdentityInfo)
            : (VerificationOutcome.Failed, furthest.Status);
    }
}
