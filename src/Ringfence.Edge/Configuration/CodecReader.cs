using Ringfence.Media.Codecs;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads <c>codecs</c>: the encodings of gated calls, best first.</summary>
internal static class CodecReader
{
    private static readonly (string Name, AudioFormat Format)[] Known =
    [
        ("pcma", AudioFormat.Pcma),
        ("pcmu", AudioFormat.Pcmu),
        ("g722", AudioFormat.G722),
        ("opus", AudioFormat.Opus),
        ("l16", new AudioFormat("L16", 16_000)),
    ];

    internal static IReadOnlyList<AudioFormat> Read(
        YamlMap map,
        IReadOnlyList<AudioFormat> otherwise,
        Mistakes mistakes
    )
    {
        List<AudioFormat> formats = [];
        foreach ((string name, YamlNode node) in map.Texts("codecs", "pcma, pcmu, g722"))
        {
            int index = Array.FindIndex(Known, known => known.Name == name);
            if (index < 0)
            {
                string names = string.Join(", ", Known.Select(known => known.Name));
                mistakes.Add(node, $"\"{name}\" is no codec of the edge", $"one of {names}");
            }
            else if (AudioCodecs.WhyAbsent(Known[index].Format) is { } reason)
            {
                mistakes.Add(node, $"{name} cannot be used: {reason}", "install it, or take it out of codecs");
            }
            else if (!formats.Contains(Known[index].Format))
            {
                formats.Add(Known[index].Format);
            }
        }

        return formats.Count > 0 ? formats : otherwise;
    }
}
