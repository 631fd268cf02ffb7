using Ringfence.Stir.Passport;

namespace Ringfence.Stir.Claims;

/// <summary>What a PASSporT claims (RFC 8225 §5 and the extensions).</summary>
public sealed record PassportClaims
{
    /// <summary>"iat": when it was issued, in seconds since 1970 (RFC 8225 §5.1.1).</summary>
    public required long IssuedAt { get; init; }

    /// <summary>"orig": the caller (RFC 8225 §5.2.1).</summary>
    public required ClaimedIdentity Orig { get; init; }

    /// <summary>"dest": the called, numbers before URIs, each sorted (RFC 8225 §5.2.1).</summary>
    public required IReadOnlyList<ClaimedIdentity> Dest { get; init; }

    /// <summary>"attest" of a shaken PASSporT (RFC 8588 §4).</summary>
    public Attestation Attest { get; init; }

    /// <summary>"origid" of a shaken PASSporT: a UUID (RFC 8588 §5).</summary>
    public string? OrigId { get; init; }

    /// <summary>"div": whom the call was for before it was diverted (RFC 8946 §3).</summary>
    public ClaimedIdentity? Div { get; init; }

    /// <summary>"opt": the original PASSporT inside a div-o (RFC 8946 §6).</summary>
    public string? Opt { get; init; }

    /// <summary>"mky": the keys of the media, sorted (RFC 8225 §5.2.2).</summary>
    public IReadOnlyList<MediaKey> MediaKeys { get; init; } = [];

    /// <summary>"rcd": who is calling, for people (RFC 9795).</summary>
    public RichCallData? Rcd { get; init; }

    /// <summary>"crn": why the call is made (RFC 9795).</summary>
    public string? CallReason { get; init; }

    /// <summary>"rph" "auth": the resource priorities asserted (RFC 8443 §3).</summary>
    public IReadOnlyList<string> ResourcePriorities { get; init; } = [];

    /// <summary>"sph" is present and says psap-callback (RFC 9027 §4).</summary>
    public bool IsEmergencyCallback { get; init; }

    /// <summary>The kind of PASSporT that these claims make, an own rcd PASSporT aside.</summary>
    internal PassportType NaturalType =>
        this switch
        {
            { Opt: not null } => PassportType.DivO,
            { Div: not null } => PassportType.Div,
            { Attest: not Attestation.None } => PassportType.Shaken,
            { ResourcePriorities.Count: > 0 } => PassportType.Rph,
            { Rcd: not null } => PassportType.Rcd,
            _ => PassportType.Baseline,
        };
}
