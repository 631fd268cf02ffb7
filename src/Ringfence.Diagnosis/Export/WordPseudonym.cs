using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Ringfence.Diagnosis.Export;

/// <summary>Replaces hosts, numbers and users in a text, the same ones always by the same.</summary>
internal sealed class WordPseudonym(byte[] key, AddressPseudonym addresses)
{
    private const int KeptDigits = 3;
    private const int ShortestNumber = 6;

    /// <summary>Goes through a text word by word: what is a host, a number or a user gets its replacement, all else stays.</summary>
    public string Words(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; )
        {
            if (
                text[at] == '['
                && text.IndexOf(']', at) is var close and > 0
                && IPAddress.TryParse(text[(at + 1)..close], out var six)
            )
            {
                result.Append('[').Append(addresses.Of(six)).Append(']');
                at = close + 1;
                continue;
            }

            var end = at;
            while (end < text.Length && IsWord(text[end]))
            {
                end++;
            }

            if (end == at)
            {
                result.Append(text[at++]);
                continue;
            }

            var afterAt = at > 0 && text[at - 1] == '@';
            var beforeAt = end < text.Length && text[end] == '@';
            result.Append(Word(text[at..end], beforeAt, afterAt));
            at = end;
        }

        return result.ToString();
    }

    private string Word(string word, bool isUser, bool isHost)
    {
        if (word.Count(c => c == '.') == 3 && IPAddress.TryParse(word, out var address))
        {
            return addresses.Of(address).ToString();
        }

        var digits = word.TrimStart('+');
        if (digits.Length >= ShortestNumber && digits.All(char.IsAsciiDigit))
        {
            return word[..^digits.Length] + Number(digits);
        }

        return word.Contains("TN-Validation", StringComparison.Ordinal) ? word
            : isUser ? "user-" + Pseudonym(word)[..6]
            : isHost
            || (
                word.Contains('.', StringComparison.Ordinal)
                && word.Any(char.IsLetter)
                && word is not ("SIP/2.0" or "Q.850")
            )
                ? Host(word)
            : word;
    }

    // Names with a dot are hosts; versions and products are not, as they have a slash or a digit at their head.
    private string Host(string word) =>
        word.Contains('/', StringComparison.Ordinal) || char.IsAsciiDigit(word[0])
            ? word
            : "h-" + Pseudonym(word)[..6] + ".example";

    private string Number(string digits)
    {
        var hash = Hash(digits[^Math.Min(9, digits.Length)..]);
        var kept = digits.Length > 9 ? KeptDigits : 0;
        return digits[..kept]
            + string.Concat(
                Enumerable
                    .Range(0, digits.Length - kept)
                    .Reverse()
                    .Select(fromEnd => (char)('0' + (hash[fromEnd % hash.Length] % 10)))
            );
    }

    /// <summary>What stands for an opaque text.</summary>
    public string Pseudonym(string text) => Convert.ToHexStringLower(Hash(text))[..16];

    private byte[] Hash(string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static bool IsWord(char c) =>
        char.IsLetterOrDigit(c) || c is '.' or '-' or '+' or '_' or '/' or '%' or '~' or '!' or '\'';
}
