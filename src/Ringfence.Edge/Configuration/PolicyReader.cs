using Ringfence.Screening.Policy;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Compiles the section <c>policy</c>; without it, every call goes on that nothing else stops.</summary>
internal static class PolicyReader
{
    internal static ScreeningPolicy Read(
        YamlNode? node,
        IEnumerable<ListConfiguration> lists,
        IEnumerable<TrunkConfiguration> trunks,
        Mistakes mistakes
    )
    {
        if (node is null)
        {
            return ScreeningPolicy.Default;
        }

        var vocabulary = new PolicyVocabulary
        {
            Lists = [.. lists.Select(list => list.Name)],
            Trunks = [.. trunks.Select(trunk => trunk.Name)],
        };
        PolicyParseResult result = PolicyParser.Parse(node, mistakes.File, vocabulary);
        foreach (PolicyMistake mistake in result.Mistakes)
        {
            mistakes.Add(
                new ConfigurationMistake(
                    mistake.File,
                    mistake.Line,
                    mistake.Column,
                    mistake.Message,
                    mistake.Remedy,
                    mistake.Severity == MistakeSeverity.Warning
                )
            );
        }

        return result.Policy ?? ScreeningPolicy.Default;
    }
}
