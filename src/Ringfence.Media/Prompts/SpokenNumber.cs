namespace Ringfence.Media.Prompts;

/// <summary>Takes a number apart into the words that are said, and where a breath is taken.</summary>
internal static class SpokenNumber
{
    /// <summary>Up to so many digits are said in one breath.</summary>
    private const int Short = 4;

    public static List<(string Word, bool EndsGroup)> Read(string digits, int group)
    {
        var words = new List<(string Word, bool EndsGroup)>();
        foreach (var letter in digits)
        {
            if (WordOf(letter) is { } word)
            {
                words.Add((word, false));
            }
            else if (words.Count > 0)
            {
                words[^1] = (words[^1].Word, true);
            }
        }
        if (group > 0 && words.Count > Short && !words.Exists(word => word.EndsGroup))
        {
            // From the end, so that what is left over stands at the beginning, where the country's code does.
            for (var i = words.Count - 1 - group; i >= 0; i -= group)
            {
                words[i] = (words[i].Word, true);
            }
        }
        return words;
    }

    private static string? WordOf(char letter) =>
        letter switch
        {
            >= '0' and <= '9' => "0123456789".Substring(letter - '0', 1),
            '*' => "star",
            '#' => "hash",
            '+' => "plus",
            _ => null,
        };
}
