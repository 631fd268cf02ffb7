using System.Collections.Immutable;

namespace Ringfence.Screening.Rules;

/// <summary>What to do with a call, who says so and why.</summary>
public readonly record struct Verdict
{
    /// <summary>The answer.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Who decided.</summary>
    public required DecidedBy DecidedBy { get; init; }

    /// <summary>The rule that decided; "" where the order of screening itself did.</summary>
    public string Rule { get; init; }

    /// <summary>For a refusal: the code that the rule names.</summary>
    public RefusalCode Code { get; init; }

    /// <summary>For a refusal: why, as far as the code depends on it.</summary>
    public RefusalCause Cause { get; init; }

    /// <summary>For a challenge: how the caller can pass it.</summary>
    public ChallengeKind Challenge { get; init; }

    /// <summary>The reasons, at least one.</summary>
    public ImmutableArray<Reason> Reasons { get; init; }

    /// <summary>The words that mark rules put on the call, whoever decided.</summary>
    public ImmutableArray<string> Marks { get; init; }

    /// <summary>In short, as a policy writes it: "refuse 608".</summary>
    public string Summary => new RuleAction((RuleVerb)(byte)Decision, Code, Challenge).ToString();
}
