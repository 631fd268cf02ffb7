using System.Globalization;
using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Export;

/// <summary>
/// Takes out of messages what names people and machines, the same way everywhere: numbers keep their first three digits and their length,
/// addresses their common prefixes, names and credentials go, tokens are blanked. One key, one set of replacements.
/// </summary>
public sealed class Anonymiser : IDisposable
{
    private static readonly string[] Blanked =
    [
        "authorization",
        "proxy-authorization",
        "authentication-info",
        "subject",
        "s",
        "organization",
        "geolocation",
        "user-to-user",
        "p-access-network-info",
    ];

    private static readonly string[] Opaque = ["call-id", "i", "x-call-id", "x-cid", "session-id", "p-charging-vector"];

    private readonly AddressPseudonym _addresses;
    private readonly WordPseudonym _words;
    private readonly TokenPseudonym _tokens;

    /// <summary>Makes an anonymiser.</summary>
    /// <param name="key">At least 16 secret bytes; forget them, and the replacements cannot be undone.</param>
    public Anonymiser(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 16);
        var own = key.ToArray();
        _addresses = new AddressPseudonym(own);
        _words = new WordPseudonym(own, _addresses);
        _tokens = new TokenPseudonym(_words.Words);
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
        var kind =
            message.Sdp is not null ? BodyKind.Session
            : message.Header(HeaderId.ContentType).Contains("dtmf", StringComparison.OrdinalIgnoreCase)
                ? BodyKind.Digits
            : BodyKind.Other;
        var body = headEnd < 0 ? "" : Body(text[(headEnd + 4)..], kind);
        var lines = head.Split("\r\n").Select((line, i) => i == 0 ? StartLine(line) : Header(line, body.Length));
        return Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n" + body);
    }

    private string StartLine(string line) =>
        line.StartsWith("SIP/2.0 ", StringComparison.Ordinal) ? line : _words.Words(line);

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

        switch (name)
        {
            case "identity" or "y":
                return line[..colon] + ": " + Identity(value);
            case "www-authenticate" or "proxy-authenticate":
                return line[..colon] + ": " + Challenge(value);
            case "reason" or "warning":
                return line[..colon] + ": " + _words.Words(value);
            default:
                break;
        }

        if (Blanked.Contains(name, StringComparer.Ordinal))
        {
            return line[..colon] + ": removed";
        }

        return line[..colon]
            + ": "
            + (Opaque.Contains(name, StringComparer.Ordinal) ? _words.Pseudonym(value) : _words.Words(Unquoted(value)));
    }

    // Whatever is signed is signed anew; what cannot be read is blanked.
    private string Identity(string value)
    {
        var end = value.IndexOf(';', StringComparison.Ordinal);
        var token = end < 0 ? value : value[..end];
        return (_tokens.Of(token.Trim()) ?? "removed") + (end < 0 ? "" : _words.Words(value[end..]));
    }

    // Of a challenge only stays whether the last nonce was stale (RFC 7616 §3.3).
    private static string Challenge(string value) =>
        "Digest realm=\"removed\", nonce=\"removed\""
        + (value.Contains("stale=true", StringComparison.OrdinalIgnoreCase) ? ", stale=true" : "");

    // Session descriptions keep their form, digits their place; of other bodies nothing is known, and nothing is kept.
    private string Body(string body, BodyKind kind)
    {
        if (kind != BodyKind.Session)
        {
            return kind == BodyKind.Digits
                ? string.Concat(body.Select(c => char.IsAsciiDigit(c) ? '0' : c))
                : new string('x', body.Length);
        }

        var lines = body.Split("\r\n")
            .Select(line =>
                line.Length < 2 ? line
                : line[0] is 's' or 'i' or 'u' or 'e' or 'p' or 'k' ? line[..2] + "-"
                : line[0] == 'o' ? Origin(line)
                : line.StartsWith("a=crypto:", StringComparison.Ordinal) ? BlankKey.In(line)
                : line.StartsWith("a=fingerprint:", StringComparison.Ordinal) ? Cut(line, " ")
                : line.StartsWith("a=ice-", StringComparison.Ordinal) ? Cut(line, ":")
                : _words.Words(line)
            );
        return string.Join("\r\n", lines);
    }

    private string Origin(string line)
    {
        var parts = line.Split(' ');
        parts[0] = "o=-";
        return _words.Words(string.Join(' ', parts));
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

    /// <inheritdoc/>
    public void Dispose() => _tokens.Dispose();

    private enum BodyKind
    {
        Session,
        Digits,
        Other,
    }
}
