using Ringfence.Screening.Lists;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads the section <c>lists</c> and the files that it names; a list is loaded whole or not at all.</summary>
internal static class ListReader
{
    internal static List<ListConfiguration> Read(YamlMap map, string folder, Mistakes mistakes)
    {
        List<ListConfiguration> lists = [];
        foreach (YamlNode node in map.List("lists"))
        {
            YamlMap list = YamlMap.From(node, "a list", "{ name: blocked, file: blocked.txt }", mistakes);
            string name = list.RequiredText("name", "blocked");
            string? file = list.Text("file", "blocked.txt");
            bool hasNumbers = list.Get("numbers") is not null;
            if ((file is null) != hasNumbers)
            {
                mistakes.Add(
                    node,
                    $"list \"{name}\" needs a file or numbers, one of them",
                    "file: blocked.txt or numbers: [ \"+33900*\" ]"
                );
            }
            else
            {
                string? path = file is null ? null : Path.GetFullPath(file, folder);
                // Before the file is read: what is written meanwhile is noticed as a change.
                FileStamp stamp = path is null ? default : FileStamp.Of(path);
                if ((path is null ? FromNumbers(list, mistakes) : FromFile(list, path, mistakes)) is { } entries)
                {
                    lists.Add(new ListConfiguration(name, entries) { File = path, Stamp = stamp });
                }
            }

            list.RefuseOthers("a list");
        }

        return lists;
    }

    private static NumberList FromNumbers(YamlMap list, Mistakes mistakes)
    {
        var builder = new NumberListBuilder();
        foreach ((string text, YamlNode node) in list.Texts("numbers", "\"+33900*\""))
        {
            if (!builder.TryAdd(text, label: null, out string? fault))
            {
                mistakes.Add(node, $"\"{text}\": {fault}", "a number, first..last, prefix* or @domain");
            }
        }

        return builder.Build();
    }

    private static NumberList? FromFile(YamlMap list, string path, Mistakes mistakes)
    {
        try
        {
            using StreamReader text = File.OpenText(path);
            ListImport import = ListFile.Read(text);
            foreach (RejectedLine line in import.Rejected)
            {
                mistakes.Add(
                    new ConfigurationMistake(
                        path,
                        line.Line,
                        1,
                        $"\"{line.Text}\": {line.Fault}",
                        "a number, first..last, prefix* or @domain"
                    )
                );
            }

            return import.List;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(list.Get("file")!, e.Message, "name a file with one entry a line");
            return null;
        }
    }
}
