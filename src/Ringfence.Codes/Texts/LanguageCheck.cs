namespace Ringfence.Codes;

/// <summary>Names what a language lacks, or has too much, against English, in which the reference is written first.</summary>
internal static class LanguageCheck
{
    public static IReadOnlyList<string> Faults(string language)
    {
        var faults = new List<string>();
        Compare(faults, FilesOf("en"), FilesOf(language), language);
        if (faults.Count > 0)
        {
            return faults;
        }
        var (reference, own) = (ReadLabels("en"), ReadLabels(language));
        Compare(faults, Keys(reference.Flatten()), Keys(own.Flatten()), $"labels/{language}.json: ");
        Compare(faults, DecisionKeys("en"), DecisionKeys(language), $"decision/{language}.json: ");
        faults.AddRange(
            own.Flatten()
                .Where(entry => string.IsNullOrWhiteSpace(entry.Value))
                .Select(entry => $"labels: empty {entry.Key}")
        );
        return faults;
    }

    public static Labels ReadLabels(string language) =>
        DataFile.Read($"codes/labels/{language}.json", CodesJsonContext.Default.Labels);

    public static DecisionWords ReadDecision(string language) =>
        DataFile.Read($"codes/decision/{language}.json", CodesJsonContext.Default.DecisionWords);

    private static HashSet<string> FilesOf(string language)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in (string[])["texts", "pairs"])
        {
            var path = $"codes/{folder}/{language}/";
            files.UnionWith(DataFile.Names(path).Select(name => $"{folder}/{name[path.Length..]}"));
        }
        foreach (var file in (string[])["labels", "decision"])
        {
            if (DataFile.Exists($"codes/{file}/{language}.json"))
            {
                files.Add(file);
            }
        }
        return files;
    }

    private static HashSet<string> DecisionKeys(string language)
    {
        var words = ReadDecision(language);
        return
        [
            .. words.Who.Keys.Select(k => $"who/{k}"),
            .. words.Why.Keys.Select(k => $"why/{k}"),
            .. words.Whom.Keys.Select(k => $"whom/{k}"),
            .. words.Because.Keys.Select(k => $"because/{k}"),
        ];
    }

    private static HashSet<string> Keys(IEnumerable<KeyValuePair<string, string>> entries) =>
        [.. entries.Select(entry => entry.Key)];

    private static void Compare(List<string> faults, HashSet<string> reference, HashSet<string> own, string where)
    {
        faults.AddRange(reference.Except(own).Order(StringComparer.Ordinal).Select(key => $"{where} lacks {key}"));
        faults.AddRange(
            own.Except(reference).Order(StringComparer.Ordinal).Select(key => $"{where} has a surplus {key}")
        );
    }
}
