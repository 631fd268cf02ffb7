using Ringfence.Screening.Lists;
using Ringfence.Screening.Rules;
using Ringfence.Screening.Rules.Conditions;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Screening.Policy;

/// <summary>Reads the conditions of a rule; null where one has an error.</summary>
internal sealed class WhenReader(MistakeLog log, PolicyVocabulary vocabulary)
{
    private static readonly string[] Keys = [.. FactCatalogue.Askable.Select(FactNames.Of), "not", "any"];

    public Condition[]? Read(YamlNode node)
    {
        if (node is not YamlMappingNode map)
        {
            log.Error(node, "'when' holds conditions", "write { fact: value, … }");
            return null;
        }

        var conditions = map.Children.Select(p => ReadOne(p.Key, p.Value)).ToArray();
        return conditions.Contains(null) ? null : [.. conditions.OfType<Condition>()];
    }

    private Condition? ReadOne(YamlNode key, YamlNode value)
    {
        var name = RuleReader.Scalar(key) ?? "";
        if (name is "not")
        {
            return Read(value) is { } conditions ? new NotCondition(conditions) : null;
        }

        if (name is "any")
        {
            return ReadAny(value);
        }

        if (!FactNames.TryParse(name, out var fact) || FactCatalogue.KindOf(fact) == FactKind.None)
        {
            log.Error(key, $"there is no fact '{name}'", Spelling.Suggest(name, Keys));
            return null;
        }

        return FactCatalogue.KindOf(fact) switch
        {
            FactKind.Party => ReadPatterns(value, ofParty: true) is { } p ? new PartyCondition(fact, p) : null,
            FactKind.Text => ReadText(fact, value),
            FactKind.List => ReadLists(fact, value),
            FactKind.Word => ReadWords(fact, value),
            FactKind.Flag => ReadFlag(fact, value),
            FactKind.Schedule => ReadSchedules(value),
            _ => ReadNumber(fact, value),
        };
    }

    private AnyCondition? ReadAny(YamlNode value)
    {
        if (value is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            log.Error(value, "'any' holds a list of conditions", "write [ { fact: value }, { fact: value } ]");
            return null;
        }

        var branches = list.Children.Select(Read).ToArray();
        return branches.Contains(null) ? null : new AnyCondition(branches!);
    }

    private TextCondition? ReadText(FactName fact, YamlNode value)
    {
        if (ReadPatterns(value, ofParty: false) is not { } patterns)
        {
            return null;
        }

        if (fact == FactName.Trunk && !vocabulary.Trunks.IsEmpty)
        {
            foreach (var pattern in patterns.Where(p => p.IsLiteral && !vocabulary.Trunks.Contains(p.Text)))
            {
                log.Error(
                    value,
                    $"no trunk is named '{pattern.Text}'",
                    Spelling.Suggest(pattern.Text, vocabulary.Trunks)
                );
            }
        }

        return new TextCondition(fact, patterns);
    }

    private Pattern[]? ReadPatterns(YamlNode value, bool ofParty)
    {
        var patterns = new List<Pattern?>();
        foreach (var item in Items(value, "a pattern or a list of them, such as \"+33199*\""))
        {
            var pattern = Pattern.Parse(item.Value ?? "", ofParty, out var fault);
            patterns.Add(pattern);
            if (pattern is null)
            {
                log.Error(item, $"'{item.Value}' is no pattern", fault!);
            }
        }

        return patterns.Count == 0 || patterns.Contains(null) ? null : [.. patterns.OfType<Pattern>()];
    }

    private ListCondition? ReadLists(FactName fact, YamlNode value)
    {
        var names = Items(value, "the name of a list, or several").ToArray();
        foreach (var item in names)
        {
            var name = item.Value ?? "";
            if (
                WellKnownLists.IsOfCallee(name)
                && name is not (WellKnownLists.CalleeAllowed or WellKnownLists.CalleeBlocked)
            )
            {
                log.Error(
                    item,
                    $"a callee has no list '{name}'",
                    Spelling.Suggest(name, [WellKnownLists.CalleeAllowed, WellKnownLists.CalleeBlocked])
                );
            }
            else if (!WellKnownLists.IsOfCallee(name) && !vocabulary.Lists.IsEmpty && !vocabulary.Lists.Contains(name))
            {
                log.Error(item, $"no list is named '{name}'", Spelling.Suggest(name, vocabulary.Lists));
            }
        }

        return names.Length == 0 ? null : new ListCondition(fact, [.. names.Select(n => n.Value ?? "")]);
    }

    private WordCondition? ReadWords(FactName fact, YamlNode value)
    {
        var known = FactCatalogue.Words(fact);
        uint words = 0;
        foreach (var item in Items(value, $"one or more of: {string.Join(", ", known)}"))
        {
            var place = Array.FindIndex(known, w => string.Equals(w, item.Value, StringComparison.OrdinalIgnoreCase));
            words |= place < 0 ? 0 : 1u << place;
            if (place < 0)
            {
                log.Error(
                    item,
                    $"'{FactNames.Of(fact)}' is never '{item.Value}'",
                    Spelling.Suggest(item.Value ?? "", known)
                );
            }
        }

        return words == 0 ? null : new WordCondition(fact, words);
    }

    private FlagCondition? ReadFlag(FactName fact, YamlNode value)
    {
        if (RuleReader.Scalar(value) is "true" or "false")
        {
            return new FlagCondition(fact, RuleReader.Scalar(value) is "true");
        }

        log.Error(value, $"'{FactNames.Of(fact)}' is true or false", "write true or false");
        return null;
    }

    private ScheduleCondition? ReadSchedules(YamlNode value)
    {
        var schedules = new List<Schedule>();
        foreach (var item in Items(value, "a schedule such as \"mon-fri 22:00-07:00 Europe/Paris\""))
        {
            if (Schedule.TryParse(item.Value ?? "", out var schedule, out var fault))
            {
                schedules.Add(schedule);
            }
            else
            {
                log.Error(item, $"'{item.Value}' is no schedule", fault!);
            }
        }

        return schedules.Count == 0 ? null : new ScheduleCondition([.. schedules]);
    }

    private NumberCondition? ReadNumber(FactName fact, YamlNode value)
    {
        var text = RuleReader.Scalar(value) ?? "";
        if (Comparison.TryParse(text, out var low, out var high))
        {
            return new NumberCondition(fact, text, low, high);
        }

        log.Error(
            value,
            $"'{value}' is no comparison",
            "write \"> 30\", \">= 5\", \"< 0.2\", \"<= 3\", \"5..10\" or a number"
        );
        return null;
    }

    private List<YamlScalarNode> Items(YamlNode value, string remedy)
    {
        var items = value switch
        {
            YamlScalarNode scalar => [scalar],
            YamlSequenceNode list => [.. list.Children.OfType<YamlScalarNode>()],
            _ => new List<YamlScalarNode>(),
        };
        if (items.Count == 0 || (value is YamlSequenceNode all && all.Children.Count != items.Count))
        {
            log.Error(value, "this is neither a value nor a list of values", $"write {remedy}");
        }

        return items;
    }
}
