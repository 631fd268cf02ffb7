using System.Buffers.Text;

namespace Ringfence.Sip.Messages;

/// <summary>
/// Bytes to message (RFC 3261 §7, §18.3). It indexes the header lines, checks what a message cannot do without, and copies the
/// bytes once, into an array of their exact size. What a header means is decided later, by whoever reads it.
/// </summary>
public static class SipParser
{
    private const int StackHeaders = 128;

    /// <summary>
    /// Parses one datagram. Leading CRLFs are skipped; bytes behind Content-Length are ignored (RFC 3261 §18.3).
    /// </summary>
    /// <param name="datagram">The bytes as received.</param>
    /// <param name="limits">What is accepted at most.</param>
    public static ParseResult Parse(ReadOnlySpan<byte> datagram, ParserLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ReadOnlySpan<byte> bytes = datagram.TrimStart("\r\n"u8);
        int lineEnd = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        if (lineEnd <= 0)
        {
            return new ParseResult(null, new Malformed(Fault.NotSip));
        }

        StartLine start = StartLine.Parse(bytes[..lineEnd], limits);
        if (start.Malformed.Fault is Fault.NotSip or Fault.StatusCode)
        {
            return new ParseResult(null, start.Malformed);
        }

        int headersStart = bytes[lineEnd..].StartsWith("\r\n"u8) ? lineEnd + 2 : lineEnd + 1;
        Span<HeaderRef> scratch =
            limits.Headers <= StackHeaders ? stackalloc HeaderRef[StackHeaders] : new HeaderRef[limits.Headers];
        var indexer = new HeaderIndexer(bytes, headersStart, scratch[..limits.Headers], limits);
        indexer.Run();
        ReadOnlySpan<HeaderRef> headers = scratch[..indexer.Count];

        Malformed malformed = start.Malformed.IsFault ? start.Malformed : indexer.Malformed;
        int bodyStart = indexer.BodyStart < 0 ? bytes.Length : indexer.BodyStart;
        if (bodyStart > limits.HeaderSection)
        {
            return new ParseResult(null, new Malformed(Fault.HeadersTooLarge, limits.HeaderSection));
        }

        Malformed length = BodyLength(bytes, headers, bodyStart, limits, out int bodyLength);
        malformed = malformed.IsFault ? malformed : length;
        SipMessage message = Build(bytes[..(bodyStart + bodyLength)], headers, bodyStart, start);
        malformed = malformed.IsFault ? malformed : MandatoryHeaders.Check(message);
        return new ParseResult(message, malformed);
    }

    private static SipMessage Build(
        ReadOnlySpan<byte> bytes,
        ReadOnlySpan<HeaderRef> headers,
        int bodyStart,
        in StartLine start
    ) =>
        start.IsResponse
            ? new SipResponse(bytes.ToArray(), headers.ToArray(), bodyStart, start.StatusCode, start.PhraseLength)
            : new SipRequest(bytes.ToArray(), headers.ToArray(), bodyStart, start.MethodLength, start.UriLength);

    /// <summary>Content-Length: digits only, one value, not more than there is (§18.3, §20.14).</summary>
    private static Malformed BodyLength(
        ReadOnlySpan<byte> bytes,
        ReadOnlySpan<HeaderRef> headers,
        int bodyStart,
        ParserLimits limits,
        out int length
    )
    {
        int available = bytes.Length - bodyStart;
        length = Math.Min(available, limits.Body);
        int seen = -1;
        foreach (ref readonly HeaderRef header in headers)
        {
            if (header.Id != HeaderId.ContentLength)
            {
                continue;
            }

            ReadOnlySpan<byte> value = bytes.Slice(header.ValueStart, header.ValueLength);
            if (seen >= 0 || !TryContentLength(value, out seen))
            {
                length = 0;
                return new Malformed(Fault.ContentLength, header.ValueStart, HeaderId.ContentLength);
            }
        }

        if (seen > available)
        {
            length = 0;
            return new Malformed(Fault.BodyTruncated, bodyStart, HeaderId.ContentLength);
        }

        length = seen >= 0 ? Math.Min(seen, limits.Body) : length;
        return (seen >= 0 ? seen : available) > limits.Body
            ? new Malformed(Fault.BodyTooLarge, bodyStart)
            : Malformed.None;
    }

    /// <summary>Reads a Content-Length value: digits only, at most nine of them that count.</summary>
    internal static bool TryContentLength(ReadOnlySpan<byte> value, out int length)
    {
        length = -1;
        return value.Length is > 0 and <= 16
            && value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
            && Utf8Parser.TryParse(value, out length, out int used)
            && used == value.Length;
    }
}
