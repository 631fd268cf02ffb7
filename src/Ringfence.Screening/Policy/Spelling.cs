namespace Ringfence.Screening.Policy;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Spelling
{
    /// <summary>"did you mean 'x'?" for a near word, else the words to choose from.</summary>
    public static string Suggest(string word, IEnumerable<string> known)
    {
        var words = known.ToArray();
        var nearest = words
            .Select(w => (Word: w, Distance: Distance(word, w)))
            .DefaultIfEmpty(("", int.MaxValue))
            .MinBy(p => p.Item2);
        return nearest.Item2 <= Math.Max(1, word.Length / 3)
            ? $"did you mean '{nearest.Item1}'?"
            : $"choose from: {string.Join(", ", words)}";
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution =
                    diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j - 1], diagonal) + 1);
            }
        }

        return row[^1];
    }
}
