using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads one YAML mapping key by key and knows in the end which keys nobody asked for.</summary>
internal sealed class YamlMap
{
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly Mistakes _mistakes;

    private YamlMap(YamlNode node, Mistakes mistakes)
    {
        Node = node;
        _mistakes = mistakes;
    }

    internal YamlNode Node { get; }

    /// <summary>A mapping from a node; an empty one, and a mistake, when the node is something else.</summary>
    internal static YamlMap From(YamlNode node, string what, string example, Mistakes mistakes)
    {
        var map = new YamlMap(node, mistakes);
        if (node is YamlMappingNode mapping)
        {
            foreach ((YamlNode key, YamlNode value) in mapping.Children)
            {
                map._entries[(key as YamlScalarNode)?.Value ?? ""] = (key, value);
            }
        }
        else
        {
            mistakes.Add(node, $"{what} must be a mapping", $"write it as {example}");
        }

        return map;
    }

    internal YamlNode? Get(string key)
    {
        _asked.Add(key);
        return _entries.TryGetValue(key, out (YamlNode Key, YamlNode Value) entry) ? entry.Value : null;
    }

    internal string? Text(string key, string example)
    {
        YamlNode? node = Get(key);
        if (node is null or YamlScalarNode { Value.Length: > 0 })
        {
            return (node as YamlScalarNode)?.Value;
        }

        _mistakes.Add(node, $"{key} must be a single value", $"for instance {key}: {example}");
        return null;
    }

    internal string RequiredText(string key, string example)
    {
        if (!_entries.ContainsKey(key))
        {
            _mistakes.Add(Node, $"{key} is missing", $"for instance {key}: {example}");
        }

        return Text(key, example) ?? "";
    }

    /// <summary>The items of a sequence; a single value counts as a sequence of one.</summary>
    internal IEnumerable<YamlNode> List(string key) =>
        Get(key) switch
        {
            null => [],
            YamlSequenceNode sequence => sequence.Children,
            { } single => [single],
        };

    internal IEnumerable<(string Text, YamlNode Node)> Texts(string key, string example)
    {
        foreach (YamlNode item in List(key))
        {
            if (item is YamlScalarNode { Value: { Length: > 0 } text })
            {
                yield return (text, item);
            }
            else
            {
                _mistakes.Add(item, $"{key} takes plain values", $"for instance {key}: [ {example} ]");
            }
        }
    }

    /// <summary>A value out of a few words; the first one when the key is absent.</summary>
    internal T Choice<T>(string key, params (string Word, T Value)[] choices)
    {
        string? word = Text(key, choices[0].Word);
        foreach ((string known, T value) in choices)
        {
            if (word == known)
            {
                return value;
            }
        }

        if (word is not null)
        {
            string words = string.Join(", ", choices.Select(choice => choice.Word));
            _mistakes.Add(Get(key)!, $"{key} cannot be \"{word}\"", $"one of {words}");
        }

        return choices[0].Value;
    }

    internal bool Flag(string key, bool otherwise) =>
        otherwise
            ? Choice(key, ("true", true), ("false", false), ("yes", true), ("no", false))
            : Choice(key, ("false", false), ("true", true), ("no", false), ("yes", true));

    /// <summary>A mistake for every key that was not asked for, with the nearest one that is known.</summary>
    internal void RefuseOthers(string where)
    {
        foreach ((string key, (YamlNode node, _)) in _entries.Where(entry => !_asked.Contains(entry.Key)))
        {
            string nearest = _asked.MinBy(known => Spelling.Distance(known, key)) ?? "";
            bool close = Spelling.Distance(nearest, key) <= 2;
            string remedy = close ? $"did you mean {nearest}?" : $"known here: {string.Join(", ", _asked.Order())}";
            _mistakes.Add(node, $"{where} has no setting \"{key}\"", remedy);
        }
    }
}
