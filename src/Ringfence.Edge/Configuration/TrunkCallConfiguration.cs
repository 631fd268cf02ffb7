using Ringfence.Sip.Calls;

namespace Ringfence.Edge.Configuration;

/// <summary>How the edge speaks SIP with one neighbour where it is an end of the call itself: in mode gate, and in a challenge.</summary>
public sealed record TrunkCallConfiguration
{
    /// <summary>Half an hour, as most carriers have it.</summary>
    public const int UsualSessionSeconds = 1800;

    /// <summary>Reliable provisional responses (RFC 3262).</summary>
    public Reliability Reliability { get; init; }

    /// <summary>The session interval that is asked for, in seconds (RFC 4028); 0: none is asked for.</summary>
    public int SessionSeconds { get; init; } = UsualSessionSeconds;

    /// <summary>Whether its calls may be transferred with REFER (RFC 3515).</summary>
    public bool PassesReferrals { get; init; }
}
