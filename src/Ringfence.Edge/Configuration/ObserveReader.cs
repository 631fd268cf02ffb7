using System.Net;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads the section <c>observe</c>.</summary>
internal static class ObserveReader
{
    private const long Megabyte = 1024 * 1024;

    internal static ObserveConfiguration Read(YamlNode? node, string folder, Mistakes mistakes)
    {
        var none = new ObserveConfiguration();
        if (node is null)
        {
            return none;
        }

        YamlMap map = YamlMap.From(node, "observe", "{ hep: { to: \"192.0.2.9:9060\" } }", mistakes);
        ObserveConfiguration configuration = ReadPcap(
            map,
            folder,
            map.Get("hep") is { } hep ? ReadHep(hep, none, mistakes) : none,
            mistakes
        );
        map.RefuseOthers("observe");
        return configuration;
    }

    private static ObserveConfiguration ReadHep(YamlNode node, ObserveConfiguration none, Mistakes mistakes)
    {
        YamlMap map = YamlMap.From(node, "hep", "{ to: \"192.0.2.9:9060\", id: 2001 }", mistakes);
        string text = map.RequiredText("to", "\"192.0.2.9:9060\"");
        bool isEndPoint = IPEndPoint.TryParse(text, out IPEndPoint? collector) && collector.Port > 0;
        if (!isEndPoint && text.Length > 0)
        {
            mistakes.Add(
                map.Get("to")!,
                $"\"{text}\" is not an address with a port",
                "for instance to: \"192.0.2.9:9060\""
            );
        }

        ObserveConfiguration read = none with
        {
            Hep = isEndPoint ? collector : null,
            HepId = (uint)ConfigurationReader.ReadNumber(map, "id", 2001, 0, int.MaxValue, mistakes),
            HepKey = map.Text("key", "secret") ?? "",
        };
        map.RefuseOthers("hep");
        return read;
    }

    private static ObserveConfiguration ReadPcap(
        YamlMap observe,
        string folder,
        ObserveConfiguration read,
        Mistakes mistakes
    )
    {
        if (observe.Get("pcap") is not { } node)
        {
            return read;
        }

        YamlMap map = YamlMap.From(node, "pcap", "{ folder: captures, per: call }", mistakes);
        string to = map.RequiredText("folder", "captures");
        bool isPerCall = map.Choice("per", ("call", true), ("ring", false));
        read = read with
        {
            PcapFolder = to.Length > 0 ? Path.GetFullPath(to, folder) : null,
            IsPcapPerCall = isPerCall,
            PcapFiles = ConfigurationReader.ReadNumber(map, "files", isPerCall ? 10_000 : 8, 1, 1_000_000, mistakes),
            PcapSize = ConfigurationReader.ReadNumber(map, "megabytes", 64, 1, 100_000, mistakes) * Megabyte,
        };
        map.RefuseOthers("pcap");
        return read;
    }
}
