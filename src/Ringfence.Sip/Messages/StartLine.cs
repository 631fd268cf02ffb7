using System.Text;

namespace Ringfence.Sip.Messages;

/// <summary>The first line of a message, taken apart (RFC 3261 §7.1, §7.2).</summary>
internal readonly ref struct StartLine
{
    // Case-insensitive on receipt (§7.1).
    private static bool IsVersion(ReadOnlySpan<byte> text) => Ascii.EqualsIgnoreCase(text, "SIP/2.0"u8);

    private static bool IsAnyVersion(ReadOnlySpan<byte> text) =>
        text.Length > 4 && Ascii.EqualsIgnoreCase(text[..4], "SIP/"u8);

    internal bool IsResponse { get; private init; }
    internal int MethodLength { get; private init; }
    internal int UriLength { get; private init; }
    internal int StatusCode { get; private init; }
    internal int PhraseLength { get; private init; }
    internal Malformed Malformed { get; private init; }

    internal static StartLine Parse(ReadOnlySpan<byte> line, ParserLimits limits) =>
        IsAnyVersion(line) ? ParseStatusLine(line) : ParseRequestLine(line, limits);

    /// <summary>Status-Line = SIP-Version SP Status-Code SP Reason-Phrase: exactly three digits.</summary>
    private static StartLine ParseStatusLine(ReadOnlySpan<byte> line)
    {
        bool form =
            line.Length >= 12
            && IsVersion(line[..7])
            && line[7] == ' '
            && line[11] == ' '
            && Digits.TryParse(line[8..11], 699, out uint code)
            && code >= 100;
        return form
            ? new StartLine
            {
                IsResponse = true,
                StatusCode = ((line[8] - '0') * 100) + ((line[9] - '0') * 10) + (line[10] - '0'),
                PhraseLength = line.Length - 12,
            }
            : new StartLine { IsResponse = true, Malformed = new Malformed(Fault.StatusCode) };
    }

    /// <summary>Request-Line = Method SP Request-URI SP SIP-Version: single spaces and nothing else.</summary>
    private static StartLine ParseRequestLine(ReadOnlySpan<byte> line, ParserLimits limits)
    {
        int method = line.IndexOf((byte)' ');
        int version = line.LastIndexOf((byte)' ');
        if (method <= 0 || !line[..method].ContainsOnlyToken())
        {
            return new StartLine { Malformed = new Malformed(Fault.NotSip) };
        }

        // A line that does not even end in something like a version is not SIP; answering it would answer HTTP.
        ReadOnlySpan<byte> tail = line[(version + 1)..];
        bool trailingSpaces = tail.IsEmpty;
        if (trailingSpaces ? !EndsInVersion(Lws.TrimEnd(line)) : !IsAnyVersion(tail))
        {
            return new StartLine { Malformed = new Malformed(Fault.NotSip) };
        }

        int uri = Math.Max(0, version - method - 1);
        Fault fault =
            trailingSpaces || uri == 0 || line.Slice(method + 1, uri).ContainsAny((byte)' ', (byte)'\t')
                ? Fault.StartLine
            : !IsVersion(tail) ? Fault.Version
            : method > limits.Method ? Fault.MethodTooLong
            : uri > limits.Uri ? Fault.UriTooLong
            : line[method + 1] == '<' ? Fault.RequestUri
            : Fault.None;
        return new StartLine
        {
            MethodLength = method,
            UriLength = uri,
            Malformed = new Malformed(fault, method + 1),
        };
    }

    private static bool EndsInVersion(ReadOnlySpan<byte> line) => line.Length > 7 && IsVersion(line[^7..]);
}
