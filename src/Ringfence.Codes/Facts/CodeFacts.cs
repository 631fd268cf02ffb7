using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>All that is known of one response code, in no language.</summary>
public sealed record CodeFacts
{
    /// <summary>The status code.</summary>
    public required int Code { get; init; }

    /// <summary>The registered phrase, or for field codes the one that is met.</summary>
    public required string Phrase { get; init; }

    /// <summary>Where the code stands in the registry.</summary>
    public required CodeStatus Status { get; init; }

    /// <summary>Where it is defined (<c>RFC 8197 §4</c>), or for field codes who uses it.</summary>
    public required string Defined { get; init; }

    /// <summary>Which elements may send it: keys of <c>values.senders</c>.</summary>
    public required Sourced<IReadOnlyList<string>> Senders { get; init; }

    /// <summary>To which requests: methods in upper case, or keys of <c>values.methods</c>.</summary>
    public required Sourced<IReadOnlyList<string>> Methods { get; init; }

    /// <summary>On whose decision it is sent.</summary>
    public required Sourced<Speaker> Speaks { get; init; }

    /// <summary>What happens to the call or request.</summary>
    public required Sourced<SessionEffect> Session { get; init; }

    /// <summary>What a forking proxy does about the other branches.</summary>
    public required Sourced<ForkingEffect> Forking { get; init; }

    /// <summary>Its weight in the choice of the best response.</summary>
    public required Sourced<ResponseWeight> Best { get; init; }

    /// <summary>What happens to media.</summary>
    public required Sourced<MediaEffect> Media { get; init; }

    /// <summary>Whether it may carry SDP.</summary>
    public required Sourced<SdpUse> Sdp { get; init; }

    /// <summary>How its arrival is assured.</summary>
    public required Sourced<Delivery> Reliability { get; init; }

    /// <summary>Whether the client may try again.</summary>
    public required Sourced<RetryRule> Retry { get; init; }

    /// <summary>What the caller hears.</summary>
    public required Sourced<CallerHears> Hears { get; init; }

    /// <summary>Effect on charging.</summary>
    public required Sourced<BillingEffect> Billing { get; init; }

    /// <summary>What the other elements do next.</summary>
    public required NextSteps Next { get; init; }

    /// <summary>Header fields that it must, should or may carry.</summary>
    public required IReadOnlyList<HeaderRule> Headers { get; init; }

    /// <summary>Q.850 causes, both ways.</summary>
    public required Q850Mapping Q850 { get; init; }

    /// <summary>What known software does.</summary>
    public required SoftwareUses Software { get; init; }

    /// <summary>Other phrases met.</summary>
    public required IReadOnlyList<OtherPhrase> Phrases { get; init; }

    /// <summary>Codes that belong to the same matter; symmetric.</summary>
    public required IReadOnlyList<int> Related { get; init; }

    /// <summary>Codes that it is often confused with; symmetric.</summary>
    [JsonPropertyName("confused-with")]
    public required IReadOnlyList<int> ConfusedWith { get; init; }

    /// <summary>A response as on the wire.</summary>
    public required SampleMessage Message { get; init; }

    /// <summary>A typical exchange.</summary>
    public required Ladder Ladder { get; init; }

    /// <summary>The class: the first digit of the code (RFC 3261 §7.2).</summary>
    [JsonIgnore]
    public SipStatusClass Class => (SipStatusClass)(Code / 100);

    /// <summary>Whether it is a final response (RFC 3261 §7.2).</summary>
    [JsonIgnore]
    public bool IsFinal => Code >= 200;
}
