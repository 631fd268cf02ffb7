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
        return Parse(datagram.TrimStart("\r\n"u8), limits, isStream: false, out _);
    }

    /// <summary>Parses what begins at the first byte of a start line.</summary>
    /// <param name="bytes">A datagram, or what a stream has brought so far, the whole header section at least.</param>
    /// <param name="limits">What is accepted at most.</param>
    /// <param name="isStream">True when Content-Length alone says where the message ends.</param>
    /// <param name="length">Bytes that the message takes; on a stream possibly more than there are, and then nothing is built.</param>
    internal static ParseResult Parse(ReadOnlySpan<byte> bytes, ParserLimits limits, bool isStream, out int length)
    {
        length = bytes.Length;
        int lineEnd = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        if (lineEnd <= 0)
        {
            return new ParseResult(null, new Malformed(Fault.NotSip));
        }

        StartLine start = StartLine.Parse(bytes[..lineEnd], limits);
        if (start.Malformed.Fault == Fault.NotSip)
        {
            return new ParseResult(null, start.Malformed);
        }

        bool isCrlf = bytes[lineEnd..].StartsWith("\r\n"u8);
        Malformed lineFault = isCrlf ? Malformed.None : new Malformed(Fault.ControlCharacter, lineEnd);
        Span<HeaderRef> scratch =
            limits.Headers <= StackHeaders ? stackalloc HeaderRef[StackHeaders] : new HeaderRef[limits.Headers];
        var indexer = new HeaderIndexer(bytes, lineEnd + (isCrlf ? 2 : 1), scratch[..limits.Headers], limits);
        indexer.Run();
        ReadOnlySpan<HeaderRef> headers = scratch[..indexer.Count];
        int bodyStart = indexer.BodyStart < 0 ? bytes.Length : indexer.BodyStart;
        if (bodyStart > limits.HeaderSection)
        {
            bool isUsable = lineEnd <= limits.HeaderSection && !start.Malformed.IsFault;
            SipMessage? within = isUsable ? BuildWithin(bytes[..limits.HeaderSection], headers, start) : null;
            return new ParseResult(within, new Malformed(Fault.HeadersTooLarge, limits.HeaderSection));
        }

        // On a stream, what makes the end of the message doubtful outranks all else.
        Malformed structure = First(lineFault, indexer.Malformed);
        Malformed framing = ContentLength.Read(bytes, headers, bodyStart, limits, isStream, out int bodyLength);
        Malformed malformed = isStream
            ? First(First(structure, framing), start.Malformed)
            : First(First(start.Malformed, structure), framing);
        length = bodyStart + bodyLength;
        if (length > bytes.Length || malformed.Fault == Fault.StatusCode)
        {
            return new ParseResult(null, malformed);
        }

        SipMessage message = Build(bytes[..length], headers, bodyStart, start);
        malformed = malformed.IsFault ? malformed : MandatoryHeaders.Check(message, limits);
        return new ParseResult(message, malformed);
    }

    private static Malformed First(Malformed one, Malformed other) => one.IsFault ? one : other;

    /// <summary>The header lines that lie within the limit, so that 513 can be answered.</summary>
    private static SipMessage BuildWithin(ReadOnlySpan<byte> bytes, ReadOnlySpan<HeaderRef> headers, in StartLine start)
    {
        int count = 0;
        while (count < headers.Length && headers[count].ValueStart + headers[count].ValueLength <= bytes.Length)
        {
            count++;
        }

        return Build(bytes, headers[..count], bytes.Length, start);
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
}
