using System.Buffers;
using System.Globalization;
using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Export;

/// <summary>
/// Takes out of messages what names people and machines, the same way everywhere: numbers keep their first three digits and their length,
/// addresses their common prefixes, names and credentials go, tokens are signed anew. What is not known to be harmless goes. One key, one set of replacements.
/// </summary>
public sealed class Anonymiser : IDisposable
{
    private static readonly SearchValues<char> NameLetters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
    );

    // Attributes whose values name nobody; of others only the name stays.
    private static readonly HashSet<string> Attributes = new(
        "rtpmap fmtp ptime maxptime sendrecv sendonly recvonly inactive rtcp rtcp-mux rtcp-rsize rtcp-fb candidate setup connection mid group curr des conf silenceSupp extmap end-of-candidates ice2 T38FaxVersion T38MaxBitRate T38FaxFillBitRemoval T38FaxTranscodingMMR T38FaxTranscodingJBIG T38FaxRateManagement T38FaxMaxBuffer T38FaxMaxDatagram T38FaxUdpEC".Split(
            ' '
        ),
        StringComparer.Ordinal
    );

    private readonly AddressPseudonym _addresses;
    private readonly WordPseudonym _words;
    private readonly TokenPseudonym _tokens;
    private readonly HeaderPseudonym _headers;

    /// <summary>Makes an anonymiser.</summary>
    /// <param name="key">At least 16 secret bytes; forget them, and the replacements cannot be undone.</param>
    public Anonymiser(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 16);
        var own = key.ToArray();
        _addresses = new AddressPseudonym(own);
        _words = new WordPseudonym(own, _addresses);
        _tokens = new TokenPseudonym(_words.Words, _words.Uuid);
        _headers = new HeaderPseudonym(_words, _tokens);
    }

    /// <summary>The replacement of an address.</summary>
    public PacketAddress Address(PacketAddress address) => _addresses.Of(address);

    /// <summary>The message without what names anybody, its Content-Length put right.</summary>
    public byte[] Message(TraceMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var head = Encoding.Latin1.GetString(message.Sip.Bytes[..message.Sip.BodyStart]);
        var content = Encoding.Latin1.GetString(message.Sip.Body);
        var kind =
            message.Sdp is not null ? BodyKind.Session
            : message.Header(HeaderId.ContentType).Contains("dtmf", StringComparison.OrdinalIgnoreCase)
                ? BodyKind.Digits
            : BodyKind.Other;
        var body = Body(content, kind);
        var lines = Lines(head).Select((line, i) => i == 0 ? StartLine(line) : Header(line, body.Length));
        return Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n" + body);
    }

    // Lines may end with a bare LF, and a value may go on in the next line (RFC 3261 §7.3.1, RFC 4475 §3.1.1.1).
    private static List<string> Lines(string head)
    {
        List<string> lines = [];
        foreach (var line in head.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (lines.Count > 1 && line.Length > 0 && line[0] is ' ' or '\t')
            {
                lines[^1] += " " + line.Trim();
            }
            else if (line.Length > 0)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private string StartLine(string line) =>
        line.StartsWith("SIP/2.0 ", StringComparison.Ordinal) ? KnownWords.Of(line) : _words.Words(line);

    private string Header(string line, int bodyLength)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || line.AsSpan(0, colon).TrimEnd().ContainsAnyExcept(NameLetters))
        {
            return "Removed: removed";
        }

        var name = line[..colon].TrimEnd().ToLowerInvariant();
        var value = line[(colon + 1)..].Trim();
        if (name is "content-length" or "l")
        {
            return string.Create(CultureInfo.InvariantCulture, $"{line[..colon]}: {bodyLength}");
        }

        return line[..colon] + ": " + _headers.Of(name, value);
    }

    // Session descriptions keep their form, digits their place; of other bodies nothing is known, and nothing is kept.
    private string Body(string body, BodyKind kind)
    {
        if (kind != BodyKind.Session)
        {
            return kind == BodyKind.Digits
                ? string.Concat(body.Select(c => char.IsAsciiDigit(c) ? '0' : c))
                : new string('x', body.Length);
        }

        return string.Join("\r\n", body.Split('\n').Select(line => Described(line.TrimEnd('\r'))));
    }

    private string Described(string line) =>
        line.Length < 2 ? line
        : line[0] is 's' or 'i' or 'u' or 'e' or 'p' or 'k' ? line[..2] + "-"
        : line[0] == 'o' ? Origin(line)
        : line.StartsWith("a=crypto:", StringComparison.Ordinal) ? BlankKey.In(line)
        : line.StartsWith("a=fingerprint:", StringComparison.Ordinal) ? Cut(line, " ")
        : line.StartsWith("a=ice-", StringComparison.Ordinal) ? Cut(line, ":")
        : line.StartsWith("a=", StringComparison.Ordinal) && !Attributes.Contains(NameOf(line)) ? Cut(line, ":")
        : _words.Words(line);

    private static string NameOf(string line)
    {
        var end = line.IndexOf(':', StringComparison.Ordinal);
        return end < 0 ? line[2..] : line[2..end];
    }

    private string Origin(string line)
    {
        var parts = line.Split(' ');
        parts[0] = "o=-";
        return _words.Words(string.Join(' ', parts));
    }

    private static string Cut(string line, string after) =>
        line.IndexOf(after, StringComparison.Ordinal) is >= 0 and var at
            ? line[..(at + after.Length)] + "removed"
            : line;

    /// <inheritdoc/>
    public void Dispose() => _tokens.Dispose();

    private enum BodyKind
    {
        Session,
        Digits,
        Other,
    }
}
