namespace Ringfence.Sip.Messages;

/// <summary>The headers that every message has (RFC 3261 §8.1.1), each of them once, and a CSeq that fits the method.</summary>
internal static class MandatoryHeaders
{
    internal static Malformed Check(SipMessage message)
    {
        UInt128 seen = default;
        int vias = 0;
        int identities = 0;
        foreach (ref readonly HeaderRef header in message.Headers)
        {
            UInt128 bit = UInt128.One << (int)header.Id;
            bool again = (seen & bit) != 0;
            seen |= bit;
            vias += header.Id == HeaderId.Via ? 1 : 0;
            identities += header.Id == HeaderId.Identity ? 1 : 0;
            if (again && IsSingle(header.Id))
            {
                return new Malformed(Fault.DuplicateHeader, header.NameStart, header.Id);
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
            ? new Malformed(Fault.CSeqMethod, 0, HeaderId.CSeq)
            : Malformed.None;
    }

    private static ReadOnlySpan<HeaderId> Mandatory =>
        [HeaderId.Via, HeaderId.From, HeaderId.To, HeaderId.CallId, HeaderId.CSeq];

    private static bool IsSingle(HeaderId id) =>
        id is HeaderId.From or HeaderId.To or HeaderId.CallId or HeaderId.CSeq or HeaderId.MaxForwards;
}
