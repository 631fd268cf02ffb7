using System.Text;

namespace Ringfence.Sip.Messages;

/// <summary>The headers that a response takes from its request (RFC 3261 §8.2.6.2).</summary>
internal static class ReplyHeaders
{
    internal static void Write(
        SipWriter writer,
        SipRequest request,
        ReadOnlySpan<byte> toTag,
        ReadOnlySpan<byte> received,
        int rport
    )
    {
        WriteVias(writer, request, received, rport);
        CopyFirst(writer, request, HeaderId.From);
        WriteTo(writer, request, toTag);
        CopyFirst(writer, request, HeaderId.CallId);
        CopyFirst(writer, request, HeaderId.CSeq);
    }

    private static void WriteVias(SipWriter writer, SipRequest request, ReadOnlySpan<byte> received, int rport)
    {
        int top = request.IndexOf(HeaderId.Via, 0);
        for (int at = top; at >= 0; at = request.IndexOf(HeaderId.Via, at + 1))
        {
            ReadOnlySpan<byte> value = request.Value(request.Headers[at]);
            writer.Begin(HeaderId.Via);
            if (at == top && !received.IsEmpty)
            {
                int comma = Lws.IndexOfSeparator(value, (byte)',');
                int end = comma < 0 ? value.Length : comma;
                WriteTop(writer, Lws.Trim(value[..end]), received, rport);
                value = value[end..];
            }

            writer.Copied(value);
            writer.End();
        }
    }

    /// <summary>
    /// The top Via value with received= and rport= as §18.2.1 and RFC 3581 §4 say. A received that the sender wrote himself is
    /// replaced. Addresses are compared as text: a second spelling of the same IPv6 address is stamped, which does no harm.
    /// </summary>
    private static void WriteTop(SipWriter writer, ReadOnlySpan<byte> item, ReadOnlySpan<byte> received, int rport)
    {
        if (!Via.TryParse(item, out Via via))
        {
            writer.Copied(item);
            return;
        }

        bool isOpenRport = via.HasRport && via.Rport == 0 && rport > 0;
        bool isElsewhere = !Ascii.EqualsIgnoreCase(via.SentBy.Address, received);
        if (!isOpenRport && !isElsewhere && via.Received.IsEmpty)
        {
            writer.Copied(item);
            return;
        }

        writer.Copied(Lws.TrimEnd(item[..(item.Length - via.ParametersText.Length)]));
        ReadOnlySpan<byte> rest = via.ParametersText;
        var parameter = new Parameters(rest);
        while (parameter.MoveNext())
        {
            ReadOnlySpan<byte> text = rest[..(rest.Length - parameter.Rest.Length)];
            rest = parameter.Rest;
            if (isOpenRport && Ascii.EqualsIgnoreCase(parameter.Name, "rport"u8))
            {
                writer.Raw(";rport="u8);
                writer.Append(rport);
            }
            else if (!Ascii.EqualsIgnoreCase(parameter.Name, "received"u8))
            {
                writer.Copied(Lws.Trim(text));
            }
        }

        writer.Raw(";received="u8);
        writer.Append(received);
    }

    /// <summary>To, with our tag when it has none. A To that cannot be read gets none: there is no telling where it would go.</summary>
    private static void WriteTo(SipWriter writer, SipRequest request, ReadOnlySpan<byte> toTag)
    {
        if (!request.TryGet(HeaderId.To, out ReadOnlySpan<byte> value))
        {
            return;
        }

        writer.Begin(HeaderId.To);
        writer.Copied(value);
        if (!toTag.IsEmpty && NameAddr.TryParse(value, out NameAddr to) && !to.TryGetParameter("tag"u8, out _))
        {
            writer.Raw(";tag="u8);
            writer.Append(toTag);
        }

        writer.End();
    }

    private static void CopyFirst(SipWriter writer, SipRequest request, HeaderId id)
    {
        if (request.TryGet(id, out ReadOnlySpan<byte> value))
        {
            writer.Begin(id);
            writer.Copied(value);
            writer.End();
        }
    }
}
