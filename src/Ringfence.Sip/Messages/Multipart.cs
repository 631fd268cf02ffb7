using System.Text;

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
    /// Finds the body of a media type: the message's own body, or a part of it at any depth (RFC 5621 §3.1).
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
    ) => Find(message, type, subtype, BodyPurpose.Any, limits, out body);

    /// <summary>
    /// The SDP of the session that the message is about (RFC 3261 §13.2.1): whatever its disposition says, but not that of an early
    /// session (RFC 3959).
    /// </summary>
    public static Malformed FindSdp(SipMessage message, ParserLimits limits, out ReadOnlySpan<byte> sdp) =>
        Find(message, "application"u8, "sdp"u8, BodyPurpose.Session, limits, out sdp);

    /// <summary>The SDP of the early session: the one of the disposition early-session (RFC 3959 §4).</summary>
    public static Malformed FindEarlySdp(SipMessage message, ParserLimits limits, out ReadOnlySpan<byte> sdp) =>
        Find(message, "application"u8, "sdp"u8, BodyPurpose.EarlySession, limits, out sdp);

    private static Malformed Find(
        SipMessage message,
        ReadOnlySpan<byte> type,
        ReadOnlySpan<byte> subtype,
        BodyPurpose purpose,
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
        ReadOnlySpan<byte> found = Walk(
            message.Body,
            value,
            message.Value(HeaderId.ContentDisposition),
            new Wanted(type, subtype, purpose),
            limits.MultipartDepth,
            ref parts
        );
        if (parts < 0)
        {
            return new Malformed(Fault.Multipart, message.BodyStart, HeaderId.ContentType);
        }

        body = found;
        return Malformed.None;
    }

    /// <summary>One entity. <paramref name="parts"/> is what is left of the limit; −1 says that the walk met a fault.</summary>
    private static ReadOnlySpan<byte> Walk(
        ReadOnlySpan<byte> entity,
        ReadOnlySpan<byte> contentType,
        ReadOnlySpan<byte> disposition,
        scoped in Wanted wanted,
        int depth,
        scoped ref int parts
    )
    {
        if (!ContentType.TryParse(contentType, out ContentType media))
        {
            parts = -1;
            return default;
        }

        if (media.Is(wanted.Type, wanted.Subtype))
        {
            return wanted.IsMeantBy(disposition) ? entity : default;
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

            ReadOnlySpan<byte> found = WalkPart(part, wanted, depth - 1, ref parts);
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
        scoped in Wanted wanted,
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

        ReadOnlySpan<byte> headers = hasHeaders ? part[..(end + 2)] : default;
        ReadOnlySpan<byte> contentType = Value(headers, HeaderId.ContentType);
        return Walk(
            part[(end + 4)..],
            contentType.IsEmpty ? "text/plain"u8 : contentType,
            Value(headers, HeaderId.ContentDisposition),
            wanted,
            depth,
            ref parts
        );
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> headers, HeaderId id)
    {
        Span<HeaderRef> lines = stackalloc HeaderRef[16];
        var indexer = new HeaderIndexer(headers, 0, lines, ParserLimits.Default);
        indexer.Run();
        foreach (ref readonly HeaderRef line in lines[..indexer.Count])
        {
            if (line.Id == id)
            {
                return headers.Slice(line.ValueStart, line.ValueLength);
            }
        }

        return default;
    }

    /// <summary>What is looked for.</summary>
    private readonly ref struct Wanted(ReadOnlySpan<byte> type, ReadOnlySpan<byte> subtype, BodyPurpose purpose)
    {
        internal readonly ReadOnlySpan<byte> Type = type;
        internal readonly ReadOnlySpan<byte> Subtype = subtype;

        internal bool IsMeantBy(ReadOnlySpan<byte> disposition)
        {
            bool isEarly =
                ContentDisposition.TryParse(disposition, out ContentDisposition read)
                && Ascii.EqualsIgnoreCase(read.Type, "early-session"u8);
            return purpose == BodyPurpose.Any || isEarly == (purpose == BodyPurpose.EarlySession);
        }
    }
}
