using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Export;

/// <summary>
/// Takes out of messages what names people and machines, the same way everywhere: numbers keep their first three digits and their length,
/// addresses their common prefixes, names and credentials go, tokens are blanked. One key, one set of replacements.
/// </summary>
public sealed class Anonymiser
{
    private const int KeptDigits = 3;
    private const int ShortestNumber = 6;

    private static readonly string[] Blanked =
    [
        "authorization",
        "proxy-authorization",
        "www-authenticate",
        "proxy-authenticate",
        "authentication-info",
        "identity",
        "y",
        "subject",
        "s",
        "organization",
        "geolocation",
        "user-to-user",
        "p-access-network-info",
    ];

    private static readonly string[] Opaque = ["call-id", "i", "x-call-id", "x-cid", "session-id", "p-charging-vector"];

    private readonly byte[] _key;
    private readonly AddressPseudonym _addresses;

    /// <summary>Makes an anonymiser.</summary>
    /// <param name="key">At least 16 secret bytes; forget them, and the replacements cannot be undone.</param>
    public Anonymiser(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 16);
        _key = key.ToArray();
        _addresses = new AddressPseudonym(_key);
    }

    /// <summary>The replacement of an address.</summary>
    public PacketAddress Address(PacketAddress address) => _addresses.Of(address);

    /// <summary>The message without what names anybody, its Content-Length put right.</summary>
    public byte[] Message(TraceMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var text = Encoding.Latin1.GetString(message.Sip.Bytes);
        var headEnd = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = headEnd < 0 ? text : text[..headEnd];
        var body = headEnd < 0 ? "" : Body(text[(headEnd + 4)..], message.Sdp is not null);
        var lines = head.Split("\r\n").Select((line, i) => i == 0 ? StartLine(line) : Header(line, body.Length));
        return Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n" + body);
    }

    private string StartLine(string line) => line.StartsWith("SIP/2.0 ", StringComparison.Ordinal) ? line : Words(line);

    private string Header(string line, int bodyLength)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || line[0] is ' ' or '\t')
        {
            // A folded line belongs to a value that cannot be told here.
            return " -";
        }

        var name = line[..colon].TrimEnd().ToLowerInvariant();
        var value = line[(colon + 1)..].Trim();
        if (name is "content-length" or "l")
        {
            return string.Create(CultureInfo.InvariantCulture, $"{line[..colon]}: {bodyLength}");
        }

        if (Blanked.Contains(name, StringComparer.Ordinal))
        {
            return line[..colon] + ": removed";
        }

        return line[..colon]
            + ": "
            + (Opaque.Contains(name, StringComparer.Ordinal) ? Pseudonym(value) : Words(Unquoted(value)));
    }

    // Session descriptions keep their form; of other bodies nothing is known, and nothing is kept.
    private string Body(string body, bool isSdp)
    {
        if (!isSdp)
        {
            return new string('x', body.Length);
        }

        var lines = body.Split("\r\n")
            .Select(line =>
                line.Length < 2 ? line
                : line[0] is 's' or 'i' or 'u' or 'e' or 'p' or 'k' ? line[..2] + "-"
                : line[0] == 'o' ? Origin(line)
                : line.StartsWith("a=crypto:", StringComparison.Ordinal) ? Cut(line, "inline:")
                : line.StartsWith("a=fingerprint:", StringComparison.Ordinal) ? Cut(line, " ")
                : line.StartsWith("a=ice-", StringComparison.Ordinal) ? Cut(line, ":")
                : Words(line)
            );
        return string.Join("\r\n", lines);
    }

    private string Origin(string line)
    {
        var parts = line.Split(' ');
        parts[0] = "o=-";
        return Words(string.Join(' ', parts));
    }

    private static string Cut(string line, string after) =>
        line[..(line.IndexOf(after, StringComparison.Ordinal) + after.Length)] + "removed";

    // Display names and other quoted words.
    private static string Unquoted(string value)
    {
        var result = new StringBuilder();
        var inside = false;
        foreach (var c in value)
        {
            if (c == '"')
            {
                inside = !inside;
                result.Append(inside ? "\"x" : "\"");
            }
            else if (!inside)
            {
                result.Append(c);
            }
        }

        var text = result.ToString();
        var open = text.IndexOf('<', StringComparison.Ordinal);
        return open > 0 && text[..open].All(c => char.IsLetter(c) || c is ' ' or '.' or '-' or '\'')
            ? "x " + text[open..]
            : text;
    }

    // Goes through a text word by word: what is a host, a number or a user gets its replacement, all else stays.
    private string Words(string text)
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
                result.Append('[').Append(_addresses.Of(six)).Append(']');
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
            return _addresses.Of(address).ToString();
        }

        var digits = word.TrimStart('+');
        if (digits.Length >= ShortestNumber && digits.All(char.IsAsciiDigit))
        {
            return word[..^digits.Length] + Number(digits);
        }

        return isUser ? "user-" + Pseudonym(word)[..6]
            : isHost || (word.Contains('.', StringComparison.Ordinal) && word.Any(char.IsLetter) && word != "SIP/2.0")
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
                Enumerable.Range(0, digits.Length - kept).Select(i => (char)('0' + (hash[i % hash.Length] % 10)))
            );
    }

    private string Pseudonym(string text) => Convert.ToHexStringLower(Hash(text))[..16];

    private byte[] Hash(string text) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text));

    private static bool IsWord(char c) =>
        char.IsLetterOrDigit(c) || c is '.' or '-' or '+' or '_' or '/' or '%' or '~' or '!' or '\'';
}
