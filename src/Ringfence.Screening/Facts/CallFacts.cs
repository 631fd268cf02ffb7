using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ringfence.Screening.Policy;
using Ringfence.Stir.Claims;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

namespace Ringfence.Screening.Facts;

/// <summary>
/// Everything that a verdict may rest on, gathered before it is asked for and never changed after. Kept in the call record,
/// so that the same call can be put before another policy.
/// </summary>
public sealed record CallFacts
{
    /// <summary>When the call came in. Schedules without a time zone of their own read the clock of its offset.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who calls, by the identity that was used.</summary>
    public required Party Caller { get; init; }

    /// <summary>Who is called.</summary>
    public required Party Callee { get; init; }

    /// <summary>Where the caller's identity came from.</summary>
    public IdentitySource IdentityFrom { get; init; }

    /// <summary>The trunk that the call came by.</summary>
    public string Trunk { get; init; } = "";

    /// <summary>How far the signer vouches for the caller; none unless verification passed.</summary>
    public Attestation Attestation { get; init; }

    /// <summary>What verification said of the identity.</summary>
    public VerificationOutcome Verification { get; init; }

    /// <summary>The verification step that failed, such as "freshness" or "signature"; null where none did.</summary>
    public string? FailedStep { get; init; }

    /// <summary>The name that the caller shows, or null.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What privacy the caller asked for.</summary>
    public PrivacyRequests Privacy { get; init; }

    /// <summary>Who diverted the call, oldest first.</summary>
    public ImmutableArray<Party> Diversions
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>The lists that a party of the call is on.</summary>
    public ImmutableArray<ListHit> Lists
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>How the caller has been dialling.</summary>
    public RateFacts Rates { get; init; }

    /// <summary>What callees have said of the caller.</summary>
    public ReputationFacts Reputation { get; init; }

    /// <summary>What the two had to do with each other before.</summary>
    public CalleeHistory History { get; init; }

    /// <summary>Whether the call may have to do with an emergency.</summary>
    public EmergencyContext Emergency { get; init; }

    /// <summary>Whether the caller has shown to be a person.</summary>
    public ChallengeState Challenge { get; init; }

    /// <summary>What the callee wants, beyond its lists; null where it has not said.</summary>
    public CalleePreferences? Preferences { get; init; }

    /// <summary>True when the call may have to do with an emergency: by what the facts say, or by the number called.</summary>
    [JsonIgnore]
    public bool IsEmergency => Emergency != EmergencyContext.None || EmergencyNumbers.Include(Callee);

    /// <summary>True when the caller withholds its name or number.</summary>
    [JsonIgnore]
    public bool IsAnonymous =>
        Caller.Form == PartyForm.Anonymous || (Privacy & (PrivacyRequests.Id | PrivacyRequests.User)) != 0;
}
