using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transactions;

/// <summary>
/// What is sent for a request that this side sent before: its CANCEL (RFC 3261 §9.1) and the ACK for a non-2xx (§17.1.1.3).
/// Both repeat its Request-URI, topmost Via, Route, From, Call-ID and Session-ID.
/// </summary>
internal static class SentRequest
{
    private const int MaxHeaders = 128;

    /// <summary>Writes the ACK or CANCEL.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="original">The request's bytes.</param>
    /// <param name="method">ACK or CANCEL.</param>
    /// <param name="to">The To value of the response for an ACK; empty to repeat the request's.</param>
    /// <param name="reason">A Reason value, or empty.</param>
    internal static ReadOnlySpan<byte> Write(
        SipWriter writer,
        ReadOnlySpan<byte> original,
        ReadOnlySpan<byte> method,
        ReadOnlySpan<byte> to,
        ReadOnlySpan<byte> reason
    )
    {
        int lineEnd = original.IndexOf("\r\n"u8);
        int uri = original.IndexOf((byte)' ') + 1;
        writer.StartRequest(method, original[uri..(lineEnd - " SIP/2.0".Length)]);
        Span<HeaderRef> headers = stackalloc HeaderRef[MaxHeaders];
        var indexer = new HeaderIndexer(original, lineEnd + 2, headers, ParserLimits.Default);
        indexer.Run();
        bool isTop = true;
        foreach (ref readonly HeaderRef header in headers[..indexer.Count])
        {
            ReadOnlySpan<byte> value = original.Slice(header.ValueStart, header.ValueLength);
            switch (header.Id)
            {
                case HeaderId.Via when isTop:
                    isTop = false;
                    int comma = Lws.IndexOfSeparator(value, (byte)',');
                    writer.Header(HeaderId.Via, comma < 0 ? value : value[..comma]);
                    break;
                case HeaderId.Route or HeaderId.From or HeaderId.CallId or HeaderId.SessionId:
                    writer.Header(header.Id, value);
                    break;
                case HeaderId.To:
                    writer.Header(HeaderId.To, to.IsEmpty ? value : to);
                    break;
                case HeaderId.CSeq:
                    writer.Begin(HeaderId.CSeq);
                    writer.Append(value[..(value.IndexOf((byte)' ') + 1)]);
                    writer.Append(method);
                    writer.End();
                    break;
            }
        }

        writer.Header(HeaderId.MaxForwards, 70);
        if (!reason.IsEmpty)
        {
            writer.Header(HeaderId.Reason, reason);
        }

        return writer.Finish();
    }
}
