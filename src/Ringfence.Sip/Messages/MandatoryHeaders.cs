namespace Ringfence.Sip.Messages;

/// <summary>The headers that every message has (RFC 3261 §8.1.1), each of them once, and a CSeq that fits the method.</summary>
internal static class MandatoryHeaders
{
    internal static Malformed Check(SipMessage message, ParserLimits limits)
    {
        UInt128 seen = default;
        int vias = 0;
        int identities = 0;
        foreach (ref readonly HeaderRef header in message.Headers)
        {
            UInt128 bit = UInt128.One << (int)header.Id;
            if ((seen & bit & Single) != 0)
            {
                return new Malformed(Fault.DuplicateHeader, header.NameStart, header.Id);
            }

            seen |= bit;
            vias += header.Id == HeaderId.Via ? 1 : 0;
            identities += header.Id == HeaderId.Identity ? 1 : 0;
            if (vias > limits.Vias || identities > limits.Identities)
            {
                return new Malformed(Fault.TooManyHeaders, header.NameStart, header.Id);
            }
        }

        foreach (HeaderId id in Mandatory)
        {
            if ((seen & (UInt128.One << (int)id)) == 0)
            {
                return new Malformed(Fault.MandatoryHeaderMissing, message.BodyStart, id);
            }
        }

        if (!CSeqValue.TryParse(message.Value(HeaderId.CSeq), out _, out ReadOnlySpan<byte> method))
        {
            return new Malformed(
                Fault.CSeq,
                message.Headers[message.IndexOf(HeaderId.CSeq, 0)].ValueStart,
                HeaderId.CSeq
            );
        }

        return message is SipRequest request && !request.MethodName.SequenceEqual(method)
            ? new Malformed(
                request.Method == SipMethod.Other ? Fault.UnknownMethod : Fault.CSeqMethod,
                0,
                HeaderId.CSeq
            )
            : Malformed.None;
    }

    private static ReadOnlySpan<HeaderId> Mandatory =>
        [HeaderId.Via, HeaderId.From, HeaderId.To, HeaderId.CallId, HeaderId.CSeq];

    // What stands once although nothing but its grammar says so (§7.3.1): a second one would be a second opinion.
    private static readonly UInt128 Single = Set(
        HeaderId.From,
        HeaderId.To,
        HeaderId.CallId,
        HeaderId.CSeq,
        HeaderId.MaxForwards,
        HeaderId.ContentType,
        HeaderId.Date,
        HeaderId.Expires,
        HeaderId.Event,
        HeaderId.ReferTo,
        HeaderId.RSeq,
        HeaderId.RAck,
        HeaderId.SessionExpires,
        HeaderId.MinSE
    );

    private static UInt128 Set(params ReadOnlySpan<HeaderId> ids)
    {
        UInt128 set = default;
        foreach (HeaderId id in ids)
        {
            set |= UInt128.One << (int)id;
        }

        return set;
    }
}
