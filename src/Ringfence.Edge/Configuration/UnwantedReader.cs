using System.Buffers;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads the section <c>unwanted</c>.</summary>
internal static class UnwantedReader
{
    private static readonly SearchValues<char> Keys = SearchValues.Create("0123456789*#");

    internal static UnwantedConfiguration Read(
        YamlNode? node,
        IReadOnlyList<TrunkConfiguration> trunks,
        Mistakes mistakes
    )
    {
        var defaults = new UnwantedConfiguration();
        if (node is null)
        {
            return defaults;
        }

        YamlMap map = YamlMap.From(node, "unwanted", "{ users: [ pbx ], block-code: \"*60\" }", mistakes);
        HashSet<string> users = new(StringComparer.Ordinal);
        foreach ((string name, YamlNode at) in map.Texts("users", "pbx"))
        {
            if (!trunks.Any(trunk => trunk.Name == name))
            {
                mistakes.Add(
                    at,
                    $"there is no trunk \"{name}\"",
                    $"one of {string.Join(", ", trunks.Select(trunk => trunk.Name).Order())}"
                );
            }

            users.Add(name);
        }

        var section = new UnwantedConfiguration
        {
            Users = users,
            BlockCode = ReadCode(map, "block-code", defaults.BlockCode, mistakes),
            UndoCode = ReadCode(map, "undo-code", defaults.UndoCode, mistakes),
        };
        if (section.BlockCode == section.UndoCode)
        {
            mistakes.Add(node, "both codes are the same", "block-code: \"*60\", undo-code: \"*80\"");
        }

        map.RefuseOthers("unwanted");
        return section;
    }

    private static string ReadCode(YamlMap map, string key, string otherwise, Mistakes mistakes)
    {
        string code = map.Text(key, $"\"{otherwise}\"") ?? otherwise;
        if (code.Length is < 2 or > 8 || code[0] is not ('*' or '#') || code.AsSpan(1).ContainsAnyExcept(Keys))
        {
            mistakes.Add(map.Get(key)!, $"{key} cannot be \"{code}\"", $"a star and digits: {key}: \"{otherwise}\"");
        }

        return code;
    }
}
