using System.Collections.Frozen;
using Ringfence.Stir.Numbers;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads the section <c>stir</c> and the files that it names.</summary>
internal static class StirReader
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly (string Word, StirPolicy Policy)[] Policies =
    [
        ("observe", StirPolicy.Observe),
        ("mark", StirPolicy.Mark),
        ("refuse", StirPolicy.Refuse),
        ("off", StirPolicy.Off),
    ];

    internal static StirConfiguration? Read(
        YamlNode? node,
        string folder,
        IReadOnlyList<ListConfiguration> lists,
        IReadOnlyList<TrunkConfiguration> trunks,
        Mistakes mistakes
    )
    {
        if (node is null)
        {
            return null;
        }

        YamlMap map = YamlMap.From(node, "stir", "{ trust: sti-pa.pem }", mistakes);
        string? cache = map.Text("cache", "stir-cache");
        var section = new StirConfiguration
        {
            Roots = [.. StirTrustReader.ReadRoots(map, folder, mistakes)],
            Trunks = ReadTrunks(map, trunks, mistakes),
            Freshness = YamlDuration.Read(map, "freshness", TimeSpan.FromSeconds(60), Hour, mistakes),
            DeadlineMs = (int)
                YamlDuration.Read(map, "deadline", TimeSpan.FromMilliseconds(1_500), Hour, mistakes).TotalMilliseconds,
            TestHosts = ReadTestHosts(map, mistakes),
            Cache = cache is null ? null : Path.GetFullPath(cache, folder),
            TrustList = StirTrustReader.ReadList(map, folder, mistakes),
            Revocation = StirTrustReader.ReadRevocation(map, folder, mistakes),
            Sign = StirSigningReader.Read(map.Get("sign"), folder, lists, trunks, mistakes),
        };
        map.RefuseOthers("stir");
        return section;
    }

    private static FrozenDictionary<string, StirTrunkConfiguration> ReadTrunks(
        YamlMap map,
        IReadOnlyList<TrunkConfiguration> trunks,
        Mistakes mistakes
    )
    {
        var all = new StirTrunkConfiguration { Verify = map.Choice("verify", Policies) };
        var found = trunks
            .DistinctBy(trunk => trunk.Name)
            .ToDictionary(trunk => trunk.Name, _ => all, StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (YamlNode node in map.List("trunks"))
        {
            YamlMap trunk = YamlMap.From(node, "a trunk of stir", "{ name: carrier-a, verify: mark }", mistakes);
            string name = trunk.RequiredText("name", "carrier-a");
            var read = new StirTrunkConfiguration
            {
                Verify = trunk.Get("verify") is null ? all.Verify : trunk.Choice("verify", Policies),
                IsTrusted = trunk.Flag("trusted", otherwise: true),
                Numbers = ReadNumbers(trunk),
            };
            trunk.RefuseOthers("a trunk of stir");
            if (name.Length > 0 && !found.ContainsKey(name))
            {
                mistakes.Add(
                    trunk.Get("name")!,
                    $"there is no trunk \"{name}\"",
                    $"one of {string.Join(", ", found.Keys.Order())}"
                );
            }
            else if (name.Length > 0 && !seen.Add(name))
            {
                mistakes.Add(node, $"trunk \"{name}\" is there twice", "say all of it in one place");
            }
            else
            {
                found[name] = read;
            }
        }

        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static NumberPlan ReadNumbers(YamlMap trunk) =>
        trunk.Choice(
            "numbers",
            ("global", NumberPlan.Global),
            ("us", NumberPlan.NorthAmerica),
            ("fr", NumberPlan.France)
        );

    private static HashSet<string> ReadTestHosts(YamlMap map, Mistakes mistakes)
    {
        HashSet<string> hosts = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string text, YamlNode node) in map.Texts("test-hosts", "\"127.0.0.1:8443\""))
        {
            int colon = text.LastIndexOf(':');
            if (colon > 0 && ushort.TryParse(text[(colon + 1)..], out ushort port) && port > 0)
            {
                hosts.Add(text);
            }
            else
            {
                mistakes.Add(
                    node,
                    $"\"{text}\" is no host with its port",
                    "for instance test-hosts: [ \"127.0.0.1:8443\" ]"
                );
            }
        }

        return hosts;
    }
}
