namespace Ringfence.Sip.Messages;

/// <summary>Content-Length: where a message ends (RFC 3261 §18.3, §20.14). Digits only, and one value.</summary>
internal static class ContentLength
{
    /// <summary>Finds how many bytes of body belong to the message.</summary>
    /// <param name="bytes">The datagram, or what the stream has brought so far.</param>
    /// <param name="headers">The header lines.</param>
    /// <param name="bodyStart">Just after the empty line.</param>
    /// <param name="limits">What is accepted at most.</param>
    /// <param name="isStream">True when the header must be there and more bytes may follow.</param>
    /// <param name="length">The length; on a stream it may go beyond <paramref name="bytes"/>.</param>
    internal static Malformed Read(
        ReadOnlySpan<byte> bytes,
        ReadOnlySpan<HeaderRef> headers,
        int bodyStart,
        ParserLimits limits,
        bool isStream,
        out int length
    )
    {
        int available = bytes.Length - bodyStart;
        int offset = bodyStart;
        uint said = 0;
        bool isSaid = false;
        length = 0;
        foreach (ref readonly HeaderRef header in headers)
        {
            if (header.Id != HeaderId.ContentLength)
            {
                continue;
            }

            offset = header.ValueStart;
            if (isSaid || !Digits.TryParse(bytes.Slice(offset, header.ValueLength), int.MaxValue, out said))
            {
                return new Malformed(Fault.ContentLength, offset, HeaderId.ContentLength);
            }

            isSaid = true;
        }

        if (isStream && !isSaid)
        {
            return new Malformed(Fault.ContentLengthMissing, bodyStart, HeaderId.ContentLength);
        }

        if (!isStream && said > available)
        {
            return new Malformed(Fault.BodyTruncated, offset, HeaderId.ContentLength);
        }

        uint body = isSaid ? said : (uint)available;
        bool fits = body <= limits.Body && bodyStart + body <= (isStream ? limits.StreamMessage : uint.MaxValue);
        length = fits ? (int)body : 0;
        return fits ? Malformed.None : new Malformed(Fault.BodyTooLarge, offset, HeaderId.ContentLength);
    }
}
