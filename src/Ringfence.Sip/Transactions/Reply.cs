using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Transactions;

/// <summary>The head of a response (RFC 3261 §8.2.6.2): Via, From, To, Call-ID and CSeq as they came.</summary>
internal static class Reply
{
    /// <summary>
    /// Begins a response to a request. The topmost Via learns where the request really came from (§18.2.1, RFC 3581 §4), and
    /// To gets the tag unless it has one or the response is 100.
    /// </summary>
    internal static void Start(
        SipWriter writer,
        SipRequest request,
        in Peer from,
        int statusCode,
        ReadOnlySpan<byte> reasonPhrase,
        ReadOnlySpan<byte> toTag
    )
    {
        writer.StartResponse(statusCode, reasonPhrase.IsEmpty ? ReasonPhrases.Of(statusCode) : reasonPhrase);
        bool isTop = true;
        foreach (ref readonly HeaderRef header in request.Headers)
        {
            ReadOnlySpan<byte> value = request.Value(header);
            switch (header.Id)
            {
                case HeaderId.Via when isTop:
                    isTop = false;
                    WriteTopVia(writer, value, from);
                    break;
                case HeaderId.Via or HeaderId.From or HeaderId.CallId or HeaderId.CSeq:
                case HeaderId.Timestamp when statusCode == 100:
                    writer.Header(header.Id, value);
                    break;
                case HeaderId.To:
                    WriteTo(writer, value, statusCode == 100 ? default : toTag);
                    break;
            }
        }
    }

    /// <summary>True when nothing that <see cref="Start"/> copies would break a line: a malformed request may hold anything.</summary>
    internal static bool CanStart(SipRequest request)
    {
        foreach (ref readonly HeaderRef header in request.Headers)
        {
            bool isCopied =
                header.Id is HeaderId.Via or HeaderId.From or HeaderId.To or HeaderId.CallId or HeaderId.CSeq;
            if (isCopied && request.Value(header).IndexOfAny((byte)'\r', (byte)'\n', (byte)0) >= 0)
            {
                return false;
            }
        }

        return request.Has(HeaderId.Via);
    }

    private static void WriteTo(SipWriter writer, ReadOnlySpan<byte> value, ReadOnlySpan<byte> tag)
    {
        writer.Begin(HeaderId.To);
        writer.Append(value);
        if (!tag.IsEmpty && !(NameAddr.TryParse(value, out NameAddr to) && !to.Tag.IsEmpty))
        {
            writer.Append(";tag="u8);
            writer.Append(tag);
        }

        writer.End();
    }

    private static void WriteTopVia(SipWriter writer, ReadOnlySpan<byte> line, in Peer from)
    {
        int comma = Lws.IndexOfSeparator(line, (byte)',');
        ReadOnlySpan<byte> item = comma < 0 ? line : line[..comma];
        writer.Begin(HeaderId.Via);
        if (Via.TryParse(Lws.Trim(item), out Via via))
        {
            int parameters = item.IndexOf((byte)';');
            writer.Append(Lws.TrimEnd(parameters < 0 ? item : item[..parameters]));
            WriteParameters(writer, via);
            WriteSource(writer, via, from);
        }
        else
        {
            writer.Append(item);
        }

        writer.Append(comma < 0 ? default : line[comma..]);
        writer.End();
    }

    private static void WriteParameters(SipWriter writer, in Via via)
    {
        var parameter = new Parameters(via.ParametersText);
        while (parameter.MoveNext())
        {
            // What the sender claims of its own source does not count.
            if (
                Ascii.EqualsIgnoreCase(parameter.Name, "rport"u8) || Ascii.EqualsIgnoreCase(parameter.Name, "received"u8)
            )
            {
                continue;
            }

            writer.Append(";"u8);
            writer.Append(parameter.Name);
            if (parameter.HasValue)
            {
                writer.Append(parameter.IsQuoted ? "=\""u8 : "="u8);
                writer.Append(parameter.Value);
                writer.Append(parameter.IsQuoted ? "\""u8 : default);
            }
        }
    }

    private static void WriteSource(SipWriter writer, in Via via, in Peer from)
    {
        Span<byte> room = stackalloc byte[PeerText.MaxLength];
        ReadOnlySpan<byte> address = PeerText.Address(from, room);
        if (via.HasRport || !via.SentBy.Address.SequenceEqual(address))
        {
            writer.Append(";received="u8);
            writer.Append(address);
        }

        if (via.HasRport)
        {
            writer.Append(";rport="u8);
            writer.Append(from.Port);
        }
    }
}
