using System.Collections.Frozen;
using System.Collections.Immutable;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Rules.Conditions;

namespace Ringfence.Screening.Rules;

/// <summary>Files rules under the names that they ask for; a name brings back its rules.</summary>
internal sealed class NameIndex
{
    private readonly FrozenDictionary<string, int[]> _byName;

    private NameIndex(ImmutableArray<PolicyRule> rules, Func<PolicyRule, IEnumerable<string>?> namesOf)
    {
        var names = rules.Select(namesOf).ToArray();
        Others = RuleBits.Of(rules.Length, i => names[i] is null);
        _byName = names
            .SelectMany((n, i) => (n ?? []).Select(name => (name, i)))
            .GroupBy(p => p.name, p => p.i, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>False where no rule asks for a name, so that nothing can be left out.</summary>
    public bool Narrows => _byName.Count > 0;

    /// <summary>The rules that ask for no name.</summary>
    public ulong[] Others { get; }

    public static NameIndex OfTrunks(ImmutableArray<PolicyRule> rules) =>
        new(
            rules,
            r =>
                r.Conditions.OfType<TextCondition>()
                    .FirstOrDefault(c => c.Fact == FactName.Trunk && c.Patterns.All(p => p.IsLiteral))
                    ?.Patterns.Select(p => p.Text)
        );

    public static NameIndex OfCallerLists(ImmutableArray<PolicyRule> rules) =>
        new(rules, r => r.Conditions.OfType<ListCondition>().FirstOrDefault(c => c.Fact == FactName.CallerIn)?.Lists);

    public void Add(string name, Span<ulong> live)
    {
        if (_byName.TryGetValue(name, out var rules))
        {
            RuleBits.Add(live, rules);
        }
    }
}
