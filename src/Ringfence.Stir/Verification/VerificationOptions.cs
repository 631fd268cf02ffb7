using Ringfence.Stir.Certificates;

namespace Ringfence.Stir.Verification;

/// <summary>The policy of verification.</summary>
public sealed record VerificationOptions
{
    /// <summary>How far "iat" or Date may lie from now, to either side (RFC 8224 §6.2 step 4).</summary>
    public TimeSpan Freshness { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How old the first PASSporT of a trusted transfer may be (RFC 8946 §4.2 step 4).</summary>
    public TimeSpan TransferFreshness { get; init; } = TimeSpan.FromHours(3);

    /// <summary>Identity headers of one request.</summary>
    public int MaximumIdentities { get; init; } = 10;

    /// <summary>Octets of one Identity header value.</summary>
    public int MaximumHeaderLength { get; init; } = 16_384;

    /// <summary>Diversions of one call.</summary>
    public int MaximumDiversions { get; init; } = 5;

    /// <summary>Whether a certificate without TNAuthList is refused (RFC 8226 §9). False only for trusts that do not use it.</summary>
    public bool RequireTnAuthList { get; init; } = true;

    /// <summary>Signers (service provider codes) whose word on resource priority counts (RFC 8443 §3); nobody's by default.</summary>
    public IReadOnlySet<string> PrioritySigners { get; init; } = new HashSet<string>();

    /// <summary>What each departure from the SHAKEN certificate profile does; those not named are warned of.</summary>
    public IReadOnlyDictionary<ProfilePoint, ProfileLevel> Profile { get; init; } =
        new Dictionary<ProfilePoint, ProfileLevel>();

    /// <summary>Whether a token used in another call is refused.</summary>
    public bool RefuseReplays { get; init; } = true;

    /// <summary>Tokens that the replay cache remembers.</summary>
    public int ReplayCapacity { get; init; } = 100_000;
}
