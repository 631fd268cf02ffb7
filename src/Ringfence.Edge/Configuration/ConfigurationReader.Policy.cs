using Ringfence.Screening.Lists;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>A policy without the rest of the file.</summary>
public static partial class ConfigurationReader
{
    /// <summary>
    /// Reads the policy of a text that is a list of rules, holds <c>policy:</c> alone, or is a whole configuration. Of a whole
    /// configuration only lists, trunks and policy are read.
    /// </summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">What to call it in mistakes.</param>
    /// <param name="folder">Where relative paths start.</param>
    public static PolicyFile ReadPolicy(string yaml, string file, string folder)
    {
        var mistakes = new Mistakes(file);
        YamlNode? root = Load(yaml, mistakes);
        var read = new PolicyFile { Name = file };
        if (root is YamlMappingNode mapping)
        {
            read = ReadWithin(mapping, read, folder, mistakes);
        }
        else if (root is not null)
        {
            read = read with { Policy = PolicyReader.Read(root, [], [], mistakes) };
        }

        bool usable = mistakes.Found.All(mistake => mistake.IsWarning);
        return read with { Policy = usable ? read.Policy : null, Mistakes = mistakes.Found };
    }

    private static PolicyFile ReadWithin(YamlMappingNode mapping, PolicyFile read, string folder, Mistakes mistakes)
    {
        YamlMap map = YamlMap.From(mapping, "the file", "policy: [ { then: progress } ]", mistakes);
        YamlNode? policy = map.Get("policy");
        bool isAlone = policy is not null && mapping.Children.Count == 1;
        List<TrunkConfiguration> trunks = isAlone ? [] : ReadTrunks(map, mistakes);
        List<ListConfiguration> lists = ListReader.Read(map, folder, mistakes);
        var catalogue = new ListCatalogue();
        foreach (ListConfiguration list in lists)
        {
            catalogue.Replace(list.Name, list.List);
        }

        return read with
        {
            Policy = PolicyReader.Read(policy, lists, trunks, mistakes),
            IsSilent = policy is null,
            Trunks = trunks,
            Lists = map.Get("lists") is null ? null : catalogue,
        };
    }
}
