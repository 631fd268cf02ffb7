using Ringfence.Edge.Gate;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads what a trunk says of early media: its key <c>early-media</c>.</summary>
internal static class EarlyMediaTrunkReader
{
    private const int MostCalls = 100_000;

    private static readonly (string, ProgressTranslation)[] Translations =
    [
        ("ringback", ProgressTranslation.Ringback),
        ("pass", ProgressTranslation.Pass),
        ("ringing", ProgressTranslation.Ringing),
        ("drop", ProgressTranslation.Drop),
    ];

    internal static EarlyMediaTrunkConfiguration Read(YamlMap trunk, Mistakes mistakes)
    {
        if (trunk.Get("early-media") is not { } node)
        {
            return new EarlyMediaTrunkConfiguration();
        }

        YamlMap map = YamlMap.From(node, "early-media of a trunk", "{ on-180: pass, authorize: backward }", mistakes);
        var read = new EarlyMediaTrunkConfiguration
        {
            AtOnce = map.Flag("at-once", otherwise: true),
            On180 = map.Choice("on-180", Translations),
            OnMedia = map.Choice(
                "on-media",
                ("pass", ProgressTranslation.Pass),
                Translations[0],
                Translations[2],
                Translations[3]
            ),
            OnSilent183 = map.Choice("on-silent-183", Translations),
            Authorize = ReadAuthorize(map),
            SpeaksPEarlyMedia = map.Flag("p-early-media", otherwise: false),
            SpeaksEarlySessions = map.Flag("early-session", otherwise: false),
            CallsPerSource = ConfigurationReader.ReadNumber(map, "calls-per-source", 0, 1, MostCalls, mistakes),
            Causes = ReadCauses(map, mistakes),
        };
        map.RefuseOthers("early-media of a trunk");
        return read;
    }

    /// <summary>What may flow before the answer; null where nothing is said.</summary>
    internal static EarlyDirections? ReadAuthorize(YamlMap map) =>
        map.Get("authorize") is null
            ? null
            : map.Choice(
                "authorize",
                ("both", EarlyDirections.Both),
                ("backward", EarlyDirections.Backward),
                ("forward", EarlyDirections.Forward),
                ("none", EarlyDirections.None)
            );

    private static string? ReadCauses(YamlMap map, Mistakes mistakes)
    {
        string? name = map.Text("causes", "rfc3398");
        if (name is not null && CauseProfile.Find(name) is null)
        {
            mistakes.Add(
                map.Get("causes")!,
                $"causes cannot be \"{name}\"",
                $"one of {string.Join(", ", CauseProfile.All.Select(profile => profile.Name))}"
            );
            return null;
        }

        return name;
    }
}
