using System.Net;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads the section <c>rtpengine</c>, and what trunks say of it.</summary>
internal static class RtpEngineReader
{
    internal static IPEndPoint? Read(YamlNode? node, Mistakes mistakes)
    {
        if (node is null)
        {
            return null;
        }

        YamlMap map = YamlMap.From(node, "rtpengine", "{ at: \"127.0.0.1:22222\" }", mistakes);
        string text = map.RequiredText("at", "\"127.0.0.1:22222\"");
        map.RefuseOthers("rtpengine");
        if (IPEndPoint.TryParse(text, out IPEndPoint? address) && address.Port > 0)
        {
            return address;
        }

        if (text.Length > 0)
        {
            mistakes.Add(
                map.Get("at")!,
                $"\"{text}\" is not an address with a port",
                "where rtpengine listens for ng (its listen-ng), for instance at: \"127.0.0.1:22222\""
            );
        }

        return null;
    }

    internal static TrunkMedia ReadMedia(YamlMap root, YamlMap trunk, Mistakes mistakes)
    {
        TrunkMedia media = trunk.Choice("media", ("own", TrunkMedia.Own), ("rtpengine", TrunkMedia.RtpEngine));
        if (media == TrunkMedia.RtpEngine && root.Get("rtpengine") is null)
        {
            mistakes.Add(
                trunk.Get("media")!,
                "nothing says where rtpengine is",
                "at the top of the file: rtpengine: { at: \"127.0.0.1:22222\" }"
            );
        }

        return media;
    }

    internal static TrunkMedia ReadWhenAway(YamlMap trunk) =>
        trunk.Choice("when-away", ("refuse", TrunkMedia.RtpEngine), ("own", TrunkMedia.Own));
}
