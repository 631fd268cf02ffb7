using Ringfence.Media.EarlyMedia;
using Ringfence.Media.Tones;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads the section <c>early-media</c>.</summary>
internal static class EarlyMediaReader
{
    internal static EarlyMediaConfiguration Read(YamlNode? node, string folder, Mistakes mistakes)
    {
        var defaults = new EarlyMediaConfiguration();
        if (node is null)
        {
            return defaults;
        }

        YamlMap map = YamlMap.From(node, "early-media", "{ ringback: fr, silence-after: 3s }", mistakes);
        string? record = map.Text("record-to", "recordings");
        (int first, int last) = ReadPorts(map, defaults, mistakes);
        var section = new EarlyMediaConfiguration
        {
            Ringback = ReadCountry(map, "ringback", mistakes) ?? defaults.Ringback,
            SilenceAfterMs = ReadDuration(map, "silence-after", defaults.SilenceAfterMs, mistakes),
            RingForMs = ReadDuration(map, "ring-for", defaults.RingForMs, mistakes),
            FirstPort = first,
            LastPort = last,
            RecordTo = record is null ? null : Path.GetFullPath(record, folder),
            Codecs = CodecReader.Read(map, defaults.Codecs, mistakes),
            Fork = map.Choice(
                "fork",
                ("first-heard", ForkPolicy.FirstHeard),
                ("first-18x", ForkPolicy.FirstProvisional),
                ("priority", ForkPolicy.Priority),
                ("p-early-media", ForkPolicy.Authorized)
            ),
            Authorize = EarlyMediaTrunkReader.ReadAuthorize(map) ?? defaults.Authorize,
            LongestMs = ReadDuration(map, "longest", defaults.LongestMs, mistakes),
            BothWaysMs = ReadDuration(map, "both-ways", defaults.BothWaysMs, mistakes),
            JudgesAnswers = map.Flag("judge-answers", defaults.JudgesAnswers),
        };
        map.RefuseOthers("early-media");
        return section;
    }

    /// <summary>A country that has a ringback in the tone plans.</summary>
    internal static string? ReadCountry(YamlMap map, string key, Mistakes mistakes)
    {
        string? country = map.Text(key, "fr")?.ToLowerInvariant();
        if (
            country is null or EarlyMediaConfiguration.OfCaller
            || TonePlan.Default.ByCountry(country.ToUpperInvariant()) is not null
        )
        {
            return country;
        }

        mistakes.Add(
            map.Get(key)!,
            $"no tones are known for \"{country}\"",
            "a country by its two letters, for instance fr, us, gb, or caller for the caller's own"
        );
        return null;
    }

    private static (int First, int Last) ReadPorts(YamlMap map, EarlyMediaConfiguration defaults, Mistakes mistakes)
    {
        string? text = map.Text("rtp-ports", "20000-29999");
        if (text is null)
        {
            return (defaults.FirstPort, defaults.LastPort);
        }

        string[] ends = text.Split('-', StringSplitOptions.TrimEntries);
        if (
            ends.Length == 2
            && int.TryParse(ends[0], out int first)
            && int.TryParse(ends[1], out int last)
            && first >= 1024
            && last > first
            && last < 65536
        )
        {
            return (first, last);
        }

        mistakes.Add(
            map.Get("rtp-ports")!,
            $"rtp-ports cannot be \"{text}\"",
            "a range from 1024 to 65535, for instance 20000-29999"
        );
        return (defaults.FirstPort, defaults.LastPort);
    }

    /// <summary>A duration: 3s, 500ms or 2m; milliseconds come out.</summary>
    private static int ReadDuration(YamlMap map, string key, int otherwise, Mistakes mistakes)
    {
        string? text = map.Text(key, "3s");
        if (text is null)
        {
            return otherwise;
        }

        string digits = text.TrimEnd('m', 's');
        int factor = text[digits.Length..] switch
        {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            _ => 0,
        };
        if (factor > 0 && int.TryParse(digits, out int number) && number > 0 && number <= int.MaxValue / factor)
        {
            return number * factor;
        }

        mistakes.Add(map.Get(key)!, $"{key} cannot be \"{text}\"", $"a duration, for instance {key}: 3s");
        return otherwise;
    }
}
