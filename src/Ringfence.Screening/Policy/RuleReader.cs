using System.Collections.Immutable;
using Ringfence.Screening.Rules;
using Ringfence.Screening.Rules.Conditions;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Screening.Policy;

/// <summary>Reads one rule after another; null where a rule has an error, which is then in the log.</summary>
internal sealed class RuleReader(MistakeLog log, PolicyVocabulary vocabulary)
{
    private static readonly string[] Keys = ["name", "owner", "when", "then", "because"];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly WhenReader _when = new(log, vocabulary);
    private int _place;

    public PolicyRule? Read(YamlNode node)
    {
        _place++;
        if (node is not YamlMappingNode map)
        {
            log.Error(node, "a rule is a mapping", "write { when: {…}, then: … }");
            return null;
        }

        var name = $"rule {_place}";
        Condition[]? conditions = [];
        RuleOwner? owner = null;
        RuleAction? action = null;
        LocalText? because = null;
        foreach (var (key, value) in map.Children)
        {
            switch (Scalar(key))
            {
                case "name":
                    name = ReadName(value, name);
                    break;
                case "owner":
                    owner = ReadOwner(value);
                    break;
                case "when":
                    conditions = _when.Read(value);
                    break;
                case "then":
                    action = ActionReader.Read(value, log);
                    break;
                case "because":
                    because = ReadBecause(value);
                    break;
                default:
                    log.Error(key, $"a rule has no '{key}'", Spelling.Suggest(key.ToString(), Keys));
                    break;
            }
        }

        if (action is null && !map.Children.ContainsKey("then"))
        {
            log.Error(
                node,
                "the rule does nothing",
                "add 'then: progress', 'then: challenge press-digit', 'then: refuse 608' or 'then: mark WORD'"
            );
        }

        return action is { } does && conditions is not null
            ? new PolicyRule(name, owner ?? OwnerOf(conditions), (int)node.Start.Line, does, because, conditions)
            : null;
    }

    internal static string? Scalar(YamlNode node) => (node as YamlScalarNode)?.Value;

    // Who asks for the callee's own lists decides for the callee.
    private static RuleOwner OwnerOf(Condition[] conditions) =>
        conditions.OfType<ListCondition>().Any(c => Array.TrueForAll(c.Lists, Lists.WellKnownLists.IsOfCallee))
            ? RuleOwner.User
            : RuleOwner.Operator;

    private string ReadName(YamlNode node, string place)
    {
        var name = Scalar(node);
        if (string.IsNullOrWhiteSpace(name) || name.Length > 80)
        {
            log.Error(node, "the name is empty or too long", "a name is a text of at most 80 characters");
            return place;
        }

        if (!_names.Add(name))
        {
            log.Error(node, $"two rules are named '{name}'", "give each its own name: reasons speak of rules by name");
        }

        return name;
    }

    private RuleOwner? ReadOwner(YamlNode node)
    {
        switch (Scalar(node))
        {
            case "law":
                return RuleOwner.Law;
            case "user":
                return RuleOwner.User;
            case "operator":
                return RuleOwner.Operator;
            default:
                log.Error(
                    node,
                    $"'{node}' owns no rules",
                    Spelling.Suggest(node.ToString(), ["user", "operator", "law"])
                );
                return null;
        }
    }

    private LocalText? ReadBecause(YamlNode node)
    {
        if (node is YamlScalarNode { Value: { Length: > 0 and <= 500 } text })
        {
            return new LocalText(text);
        }

        var isByLanguage =
            node is YamlMappingNode map
            && map.Children.Count > 0
            && map.Children.All(p => Scalar(p.Key) is { Length: 2 } && Scalar(p.Value) is { Length: > 0 and <= 500 });
        if (isByLanguage)
        {
            return new LocalText(
                ((YamlMappingNode)node).Children.ToImmutableSortedDictionary(
                    p => Scalar(p.Key)!,
                    p => Scalar(p.Value)!,
                    StringComparer.Ordinal
                )
            );
        }

        log.Error(
            node,
            "'because' is no text",
            "write a sentence of at most 500 characters, or one by language: { en: …, fr: … }"
        );
        return null;
    }
}
