namespace Ringfence.Codes;

/// <summary>Breaks text into lines at spaces; a word longer than the line is cut.</summary>
internal static class TextWrap
{
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ').SelectMany(word => Cut(word, width)))
        {
            if (line.Length == 0)
            {
                line = word;
            }
            else if (line.Length + 1 + word.Length <= width)
            {
                line = $"{line} {word}";
            }
            else
            {
                lines.Add(line);
                line = word;
            }
        }
        lines.Add(line);
        return lines;
    }

    private static IEnumerable<string> Cut(string word, int width)
    {
        for (; word.Length > width; word = word[width..])
        {
            yield return word[..width];
        }
        yield return word;
    }
}
