using System.Collections.Immutable;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;

namespace Ringfence.Screening.Policy;

/// <summary>
/// A compiled policy: the law's rules, then the user's, then the operator's, each owner's in the order written; the first
/// that holds decides. Immutable, for any number of threads.
/// </summary>
public sealed class ScreeningPolicy
{
    /// <summary>The most rules that a policy may have.</summary>
    public const int MaxRules = 16_384;

    private readonly Screener _screener;

    internal ScreeningPolicy(IEnumerable<PolicyRule> rules)
    {
        Rules = [.. rules.OrderBy(r => r.Owner)];
        _screener = new Screener(Rules);
    }

    /// <summary>The policy that ships with the product: see docs/policy.md.</summary>
    public static ScreeningPolicy Default { get; } =
        PolicyParser.Parse(Embedded.Text("default-policy.yaml"), "default-policy.yaml").Policy
        ?? throw new InvalidOperationException("The default policy does not compile.");

    /// <summary>The text of the policy that ships with the product.</summary>
    public static string DefaultText => Embedded.Text("default-policy.yaml");

    /// <summary>The JSON Schema of a policy, for editors.</summary>
    public static string JsonSchema => Embedded.Text("policy.schema.json");

    /// <summary>The rules in the order in which they are tried.</summary>
    public ImmutableArray<PolicyRule> Rules { get; }

    /// <summary>
    /// Decides: emergency, law, what the callee allows or knows, the user's rules, what the callee refuses, the operator's
    /// rules, and progress where nobody objects. Allocates nothing but the verdict's reasons and marks.
    /// </summary>
    public Verdict Decide(CallFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return _screener.Decide(facts);
    }
}
