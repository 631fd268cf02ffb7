namespace Ringfence.Screening.Refusal;

/// <summary>What a refusal depends on besides the verdict.</summary>
public sealed record RefusalContext
{
    /// <summary>The peer that it goes to.</summary>
    public PeerTraits Peer { get; init; }

    /// <summary>True when the caller's identity is validly signed. Only such callers are shown whom to contact (RFC 8688 §6).</summary>
    public bool IdentityHolds { get; init; }

    /// <summary>403, 428, 436, 437 or 438: what verification proposes; null lets 438 stand.</summary>
    public int? VerificationStatus { get; init; }

    /// <summary>The offending PASSporT for the Reason header, where the peer may see it (RFC 9410); or null.</summary>
    public string? Ppi { get; init; }

    /// <summary>Where this element releases calls.</summary>
    public ReleaseLocation Location { get; init; } = ReleaseLocation.LocalNetwork;

    /// <summary>Whom a wrongly refused caller can contact; null where the operator names nobody.</summary>
    public RedressContact? Redress { get; init; }

    /// <summary>The https address of this call's signed jCard; null where none is served.</summary>
    public Uri? Card { get; init; }

    /// <summary>The https address of this call's explanation; null where none is served.</summary>
    public Uri? Why { get; init; }
}
