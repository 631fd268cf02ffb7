using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Ringfence.Diagnosis.Export;

/// <summary>Replaces hosts, numbers and users in a text, the same ones always by the same.</summary>
internal sealed partial class WordPseudonym(byte[] key, AddressPseudonym addresses)
{
    private const int KeptDigits = 3;
    private const int ShortestNumber = 6;
    private static readonly SearchValues<char> AfterUrl = SearchValues.Create(" <>\"';,)");

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

            if (BareAddress(text, at) is { } bare)
            {
                result.Append(addresses.Of(bare.Address));
                at += bare.Length;
                continue;
            }

            if (at > 0 && text[at - 1] == ':' && text.AsSpan(at).StartsWith("//"))
            {
                var stop = text.AsSpan(at).IndexOfAny(AfterUrl);
                var url = stop < 0 ? text[at..] : text.Substring(at, stop);
                result.Append(Url(url));
                at += url.Length;
                continue;
            }

            if (Secret(text, at) is { } secret)
            {
                result.Append(secret.Name).Append(Dialog(secret.Value));
                at += secret.Name.Length + secret.Value.Length;
                continue;
            }

            if (User(text, at) is { } user)
            {
                result.Append(user.Name);
                at += user.Length;
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

            var beforeAt = end < text.Length && text[end] == '@';
            result.Append(Word(text[at..end], beforeAt, !beforeAt && IsPlaceOfHost(text, at)));
            at = end;
        }

        return result.ToString();
    }

    // IPv6 without brackets, as session descriptions have it (RFC 8866 §5.7).
    private static (IPAddress Address, int Length)? BareAddress(string text, int at)
    {
        const int Fewest = 2;
        if (at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is ':' or '.'))
        {
            return null;
        }

        var end = at;
        var colons = 0;
        while (end < text.Length && (char.IsAsciiHexDigit(text[end]) || text[end] is ':' or '.'))
        {
            colons += text[end] == ':' ? 1 : 0;
            end++;
        }

        // Some write a port behind it all the same.
        var run = text.AsSpan(at, end - at);
        var port = run.LastIndexOf(':');
        return colons < Fewest ? null
            : IPAddress.TryParse(run, out var address) ? (address, run.Length)
            : IPAddress.TryParse(run[..port], out address) ? (address, port)
            : null;
    }

    // //host:port/path: the port stays, and how the path ends.
    private string Url(string url)
    {
        var path = url.IndexOfAny(['/', '?', '#'], 2);
        var authority = path < 0 ? url[2..] : url[2..path];
        var port = authority.LastIndexOf(':');
        var isPort = port > 0 && authority.AsSpan(port + 1).IndexOfAnyExceptInRange('0', '9') < 0;
        var host = isPort ? authority[..port] : authority;
        var named = IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
                ? $"[{addresses.Of(address)}]"
                : addresses.Of(address).ToString()
            : "h-" + Pseudonym(host)[..6] + ".example";
        var tail = path < 0 ? "" : url[path..];
        var extension = System.IO.Path.GetExtension(tail);
        var kept = extension.Length is > 1 and <= 5 ? extension : "";
        return "//"
            + named
            + (isPort ? authority[port..] : "")
            + (tail.Length < 2 ? tail : "/" + Pseudonym(tail)[..8] + kept);
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

        // +sip.instance and its kin are names of parameters (RFC 3840 §9).
        return word.Contains("TN-Validation", StringComparison.Ordinal)
            || (word[0] == '+' && digits.Any(char.IsAsciiLetter) && !isUser)
                ? word
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

    // Names with a dot are hosts; products have a slash, and versions begin with a digit and end with no domain.
    private string Host(string word) =>
        word.Contains('/', StringComparison.Ordinal) || IsVersion(word)
            ? word
            : "h-" + Pseudonym(word)[..6] + ".example";

    private static bool IsVersion(string word)
    {
        var last = word.AsSpan(word.LastIndexOf('.') + 1);
        // Three dots have an address as well, damaged as it may be.
        return word.Count(c => c == '.') != 3
            && char.IsAsciiDigit(word[0])
            && (last.Length < 2 || last.ContainsAnyInRange('0', '9'));
    }

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
