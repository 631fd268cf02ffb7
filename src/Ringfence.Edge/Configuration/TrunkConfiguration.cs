namespace Ringfence.Edge.Configuration;

/// <summary>One neighbour that calls come from.</summary>
public sealed record TrunkConfiguration
{
    /// <summary>Its name in policy, records and metrics.</summary>
    public required string Name { get; init; }

    /// <summary>Where its requests come from.</summary>
    public required IReadOnlyList<TrunkSource> From { get; init; }

    /// <summary>How far the edge stays in its calls.</summary>
    public TrunkMode Mode { get; init; }

    /// <summary>New calls per second that are admitted; 0 for any number.</summary>
    public int CallsPerSecond { get; init; }

    /// <summary>True: calls that analytics refuse get 603 Network Blocked (ATIS-1000099), not 608.</summary>
    public bool Wants603Plus { get; init; }

    /// <summary>Country whose ringback its callers hear (ISO 3166, lower case); null for the general one.</summary>
    public string? Ringback { get; init; }

    /// <summary>The SIP domains that its certificate may name (RFC 5922); with none, the address alone says who it is.</summary>
    public IReadOnlyList<string> CertificateNames { get; init; } = [];

    /// <summary>Whether its callers have to show who they are.</summary>
    public AuthenticateMode Authenticate { get; init; }

    /// <summary>True to take a callee's 6xx for a plain refusal in its calls: other targets go on, and the caller gets 486.</summary>
    public bool TreatGlobalAsBusy { get; init; }

    /// <summary>How the edge speaks SIP with it.</summary>
    public TrunkCallConfiguration Call { get; init; } = new();

    /// <summary>What holds for its calls before the answer.</summary>
    public EarlyMediaTrunkConfiguration Early { get; init; } = new();

    /// <summary>What takes the media of its callers, in gated calls and prompts.</summary>
    public TrunkMedia Media { get; init; }

    /// <summary>What takes it when rtpengine cannot; rtpengine itself for nothing: such calls get 503.</summary>
    public TrunkMedia MediaWhenAway { get; init; } = TrunkMedia.RtpEngine;

    /// <summary>Whether calls to it are offered SRTP.</summary>
    public MediaSecurity Srtp { get; init; }
}
