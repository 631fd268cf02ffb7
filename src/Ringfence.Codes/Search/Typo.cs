namespace Ringfence.Codes;

/// <summary>Tells whether one word is a mistyped other one.</summary>
internal static class Typo
{
    private const int LongestWord = 48;

    /// <summary>Mistakes forgiven in a word: none up to three letters, one up to seven, two above.</summary>
    public static int Forgiven(string word) =>
        word.Length switch
        {
            <= 3 => 0,
            <= 7 => 1,
            _ => 2,
        };

    /// <summary>
    /// Whether at most <paramref name="limit"/> letters are missing, surplus, wrong or swapped with their neighbour
    /// (optimal string alignment).
    /// </summary>
    public static bool Within(string typed, string word, int limit)
    {
        if (Math.Abs(typed.Length - word.Length) > limit || typed.Length > LongestWord || word.Length > LongestWord)
        {
            return false;
        }
        Span<int> before = stackalloc int[LongestWord + 1];
        Span<int> above = stackalloc int[LongestWord + 1];
        Span<int> row = stackalloc int[LongestWord + 1];
        for (var j = 0; j <= word.Length; j++)
        {
            above[j] = j;
        }
        for (var i = 1; i <= typed.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= word.Length; j++)
            {
                var wrong = typed[i - 1] == word[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + wrong);
                if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
                least = Math.Min(least, row[j]);
            }
            if (least > limit)
            {
                return false;
            }
            var free = before;
            before = above;
            above = row;
            row = free;
        }
        return above[word.Length] <= limit;
    }
}
