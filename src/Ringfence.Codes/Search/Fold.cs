using System.Text;

namespace Ringfence.Codes;

/// <summary>Words as the search compares them: small letters without accents.</summary>
internal static class Fold
{
    /// <summary>Splits text into folded words of letters and digits.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                Append(word, char.ToLowerInvariant(c));
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    /// <summary>The folded words of a text, joined by single spaces.</summary>
    public static string Line(string text) => string.Join(' ', Words(text));

    private static void Append(StringBuilder word, char c)
    {
        switch (c)
        {
            case 'ß':
                word.Append("ss");
                break;
            case 'œ':
                word.Append("oe");
                break;
            case 'æ':
                word.Append("ae");
                break;
            default:
                word.Append(Plain(c));
                break;
        }
    }

    private static char Plain(char c) =>
        c switch
        {
            >= 'à' and <= 'å' => 'a',
            'ç' => 'c',
            >= 'è' and <= 'ë' => 'e',
            >= 'ì' and <= 'ï' => 'i',
            'ñ' => 'n',
            >= 'ò' and <= 'ö' or 'ø' => 'o',
            >= 'ù' and <= 'ü' => 'u',
            'ý' or 'ÿ' => 'y',
            _ => c,
        };
}
