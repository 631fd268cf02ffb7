namespace Ringfence.Sip.Messages;

/// <summary>
/// Multipart bodies (RFC 2046 §5.1, RFC 5621): walks all parts that are no multipart themselves, nested ones in place. Bounded in
/// number and depth; no allocation. Finds the part that is asked for, or the fault that ends the walk.
/// </summary>
public static class Multipart
{
    // RFC 2046 §5.1.1.
    private const int LongestBoundary = 70;

    /// <summary>
    /// Finds the body of a media type: the message's own body, or a part of it at any depth. This is how the SDP of an INVITE is
    /// found (RFC 5621 §3.1).
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="type">As "application".</param>
    /// <param name="subtype">As "sdp".</param>
    /// <param name="limits">How many parts, how deep.</param>
    /// <param name="body">The body; empty when there is none of the type.</param>
    /// <returns>A fault when the walk met a broken, too deep or too long multipart before it found the part.</returns>
    public static Malformed Find(
        SipMessage message,
        ReadOnlySpan<byte> type,
        ReadOnlySpan<byte> subtype,
        ParserLimits limits,
        out ReadOnlySpan<byte> body
    )
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(limits);
        body = default;
        if (message.Body.IsEmpty || !message.TryGet(HeaderId.ContentType, out ReadOnlySpan<byte> value))
        {
            return Malformed.None;
        }

        int parts = limits.MultipartParts;
        ReadOnlySpan<byte> found = Walk(message.Body, value, type, subtype, limits.MultipartDepth, ref parts);
        if (parts < 0)
        {
            return new Malformed(Fault.Multipart, message.BodyStart, HeaderId.ContentType);
        }

        body = found;
        return Malformed.None;
    }

    /// <summary>The SDP of a message (RFC 3261 §13.2.1).</summary>
    public static Malformed FindSdp(SipMessage message, ParserLimits limits, out ReadOnlySpan<byte> sdp) =>
        Find(message, "application"u8, "sdp"u8, limits, out sdp);

    /// <summary>One entity. <paramref name="parts"/> is what is left of the limit; −1 says that the walk met a fault.</summary>
    private static ReadOnlySpan<byte> Walk(
        ReadOnlySpan<byte> entity,
        ReadOnlySpan<byte> contentType,
        ReadOnlySpan<byte> type,
        ReadOnlySpan<byte> subtype,
        int depth,
        scoped ref int parts
    )
    {
        if (!ContentType.TryParse(contentType, out ContentType media))
        {
            parts = -1;
            return default;
        }

        if (media.Is(type, subtype))
        {
            return entity;
        }

        if (!media.IsMultipart)
        {
            return default;
        }

        ReadOnlySpan<byte> boundary = media.Boundary;
        if (boundary.IsEmpty || boundary.Length > LongestBoundary || depth == 0)
        {
            parts = -1;
            return default;
        }

        bool isLast =
            !BoundaryLine.TryFind(entity, boundary, out _, out ReadOnlySpan<byte> rest, out bool closes) || closes;
        parts = isLast ? -1 : parts;
        while (!isLast && parts >= 0)
        {
            bool ends = BoundaryLine.TryFind(rest, boundary, out ReadOnlySpan<byte> part, out rest, out isLast);
            parts = ends && parts > 0 ? parts - 1 : -1;
            if (parts < 0)
            {
                return default;
            }

            ReadOnlySpan<byte> found = WalkPart(part, type, subtype, depth - 1, ref parts);
            if (!found.IsEmpty)
            {
                return found;
            }
        }

        return default;
    }

    /// <summary>One part: header lines, an empty line, the body. Without Content-Type it is text/plain (RFC 2046 §5.2).</summary>
    private static ReadOnlySpan<byte> WalkPart(
        ReadOnlySpan<byte> part,
        ReadOnlySpan<byte> type,
        ReadOnlySpan<byte> subtype,
        int depth,
        scoped ref int parts
    )
    {
        bool hasHeaders = !part.StartsWith("\r\n"u8);
        int end = hasHeaders ? part.IndexOf("\r\n\r\n"u8) : -2;
        if (end == -1)
        {
            parts = -1;
            return default;
        }

        ReadOnlySpan<byte> contentType = hasHeaders ? FindContentType(part[..(end + 2)]) : default;
        return Walk(
            part[(end + 4)..],
            contentType.IsEmpty ? "text/plain"u8 : contentType,
            type,
            subtype,
            depth,
            ref parts
        );
    }

    private static ReadOnlySpan<byte> FindContentType(ReadOnlySpan<byte> headers)
    {
        Span<HeaderRef> lines = stackalloc HeaderRef[16];
        var indexer = new HeaderIndexer(headers, 0, lines, ParserLimits.Default);
        indexer.Run();
        foreach (ref readonly HeaderRef line in lines[..indexer.Count])
        {
            if (line.Id == HeaderId.ContentType)
            {
                return headers.Slice(line.ValueStart, line.ValueLength);
            }
        }

        return default;
    }
}
