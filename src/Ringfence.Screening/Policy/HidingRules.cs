using Ringfence.Screening.Rules;
using Ringfence.Screening.Rules.Conditions;

namespace Ringfence.Screening.Policy;

/// <summary>
/// Rules that end the search, filed so that one which hides a later rule is found without asking them all: under what they
/// name, where they name something.
/// </summary>
internal sealed class HidingRules
{
    private readonly Dictionary<(FactName Fact, string Name), List<PolicyRule>> _byName = [];
    private readonly List<PolicyRule> _nameless = [];

    public void Add(PolicyRule rule)
    {
        var names = rule.Conditions.Select(c => NamesOf(c)).FirstOrDefault(n => n is not null);
        if (names is null)
        {
            _nameless.Add(rule);
            return;
        }

        foreach (var name in names)
        {
            if (!_byName.TryGetValue(name, out var rules))
            {
                _byName[name] = rules = [];
            }

            rules.Add(rule);
        }
    }

    /// <summary>An earlier rule that holds for every call for which this one does, or null.</summary>
    public PolicyRule? Find(PolicyRule rule)
    {
        foreach (var name in rule.Conditions.SelectMany(Names))
        {
            if (_byName.TryGetValue(name, out var rules) && rules.Find(r => Hides(r, rule)) is { } hiding)
            {
                return hiding;
            }
        }

        return _nameless.Find(r => Hides(r, rule));
    }

    private static bool Hides(PolicyRule earlier, PolicyRule later) =>
        Array.TrueForAll(earlier.Conditions, e => Array.Exists(later.Conditions, l => l.Implies(e)));

    // Every name that the condition takes; null where it takes more than names.
    private static IEnumerable<(FactName, string)>? NamesOf(Condition condition) =>
        condition switch
        {
            ListCondition list => list.Lists.Select(l => (list.Fact, l)),
            PartyCondition party when party.Patterns.All(p => !p.Stem.IsNone) => party.Patterns.Select(p =>
                (party.Fact, p.Stem.ToString())
            ),
            TextCondition text when text.Patterns.All(p => p.IsLiteral) => text.Patterns.Select(p =>
                (text.Fact, p.Text)
            ),
            _ => null,
        };

    // The names under which a rule that hides this condition would be filed: one value of the condition is enough to ask for.
    private static IEnumerable<(FactName, string)> Names(Condition condition) =>
        condition switch
        {
            ListCondition list => [(list.Fact, list.Lists[0])],
            PartyCondition party => party.Patterns[0].Stems.Select(s => (party.Fact, s.ToString())),
            TextCondition text => [(text.Fact, text.Patterns[0].Text)],
            _ => [],
        };
}
