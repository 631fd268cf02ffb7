namespace Ringfence.Sip.Messages;

/// <summary>
/// The grammar of what no request can be processed without, beyond what <see cref="SipParser"/> needs to index a message:
/// Request-URI, Via, From, To, Call-ID, Contact, Route, Record-Route, Max-Forwards, Require, Content-Type and the like. Cheap
/// enough for every message; reads each byte a bounded number of times.
/// </summary>
/// <remarks>
/// Other headers are judged by whoever reads them: a malformed one that is not necessary is ignored (RFC 3261 §8.2.2). Date is
/// among those: RFC 4475 §3.1.2.12 asks not to refuse a request for a bad one unless the date matters. Who needs it
/// asks <see cref="SipDate"/>.
/// </remarks>
public static class MessageCheck
{
    /// <summary>Checks a message that was parsed without a fault.</summary>
    /// <returns>The first fault; <see cref="Malformed.None"/> when there is none.</returns>
    public static Malformed Check(SipMessage message, ParserLimits limits)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(limits);
        if (message is SipRequest request && !UriGrammar.IsSoundTarget(request.RequestUri))
        {
            return new Malformed(Fault.RequestUri, request.MethodName.Length + 1);
        }

        int vias = 0;
        int identities = 0;
        foreach (ref readonly HeaderRef header in message.Headers)
        {
            ReadOnlySpan<byte> value = message.Value(header);
            Fault fault = header.Id switch
            {
                HeaderId.Via => CheckVias(value, limits.Vias, ref vias),
                HeaderId.Identity => CountItems(value, limits.Identities, ref identities),
                _ => CheckValue(header.Id, value),
            };
            if (fault != Fault.None)
            {
                return new Malformed(fault, header.ValueStart, header.Id);
            }
        }

        return Malformed.None;
    }

    private static Fault CheckValue(HeaderId id, ReadOnlySpan<byte> value) =>
        id switch
        {
            HeaderId.From or HeaderId.To or HeaderId.ReferTo => CheckAddress(value, mustBeBracketed: false),
            HeaderId.Contact => value.SequenceEqual("*"u8) ? Fault.None : CheckAddresses(value, mustBeBracketed: false),
            HeaderId.PAssertedIdentity or HeaderId.PPreferredIdentity => CheckAddresses(value, mustBeBracketed: false),
            HeaderId.Route or HeaderId.RecordRoute or HeaderId.Path or HeaderId.ServiceRoute => CheckAddresses(
                value,
                mustBeBracketed: true
            ),
            HeaderId.CallId => IsCallId(value) ? Fault.None : Fault.HeaderValue,
            HeaderId.MaxForwards => Digits.TryParse(value, byte.MaxValue, out _) ? Fault.None : Fault.MaxForwards,
            HeaderId.ContentType => ContentType.TryParse(value, out _) ? Fault.None : Fault.HeaderValue,
            HeaderId.RSeq => Digits.TryParse(value, uint.MaxValue, out _) ? Fault.None : Fault.HeaderValue,
            HeaderId.RAck => RAck.TryParse(value, out _) ? Fault.None : Fault.HeaderValue,
            HeaderId.Require or HeaderId.ProxyRequire => AreTokens(value) ? Fault.None : Fault.HeaderValue,
            _ => Fault.None,
        };

    private static Fault CheckVias(ReadOnlySpan<byte> value, int most, ref int count)
    {
        for (bool more = true; more; )
        {
            more = Lws.TakeItem(ref value, out ReadOnlySpan<byte> item);
            if (++count > most)
            {
                return Fault.TooManyHeaders;
            }

            if (!Via.TryParse(item, out _))
            {
                return Fault.Via;
            }
        }

        return Fault.None;
    }

    private static Fault CountItems(ReadOnlySpan<byte> value, int most, ref int count)
    {
        for (bool more = true; more && count <= most; count++)
        {
            more = Lws.TakeItem(ref value, out _);
        }

        return count > most ? Fault.TooManyHeaders : Fault.None;
    }

    private static Fault CheckAddresses(ReadOnlySpan<byte> value, bool mustBeBracketed)
    {
        for (bool more = true; more; )
        {
            more = Lws.TakeItem(ref value, out ReadOnlySpan<byte> item);
            Fault fault = CheckAddress(item, mustBeBracketed);
            if (fault != Fault.None)
            {
                return fault;
            }
        }

        return Fault.None;
    }

    private static Fault CheckAddress(ReadOnlySpan<byte> item, bool mustBeBracketed)
    {
        if (!NameAddr.TryParse(item, out NameAddr address))
        {
            return item.StartsWith("\""u8) && QuotedString.Length(item) < 0 ? Fault.UnbalancedQuote : Fault.NameAddr;
        }

        return (address.IsBracketed || !mustBeBracketed) && UriGrammar.IsSound(address.Uri)
            ? Fault.None
            : Fault.NameAddr;
    }

    /// <summary>callid = word [ "@" word ]: anything printable passes, since nobody takes a Call-ID apart.</summary>
    private static bool IsCallId(ReadOnlySpan<byte> value) =>
        !value.IsEmpty && !value.ContainsAnyExceptInRange((byte)'!', (byte)'~');

    /// <summary>A list of tokens, which may be empty (§20.5, §20.37).</summary>
    private static bool AreTokens(ReadOnlySpan<byte> value)
    {
        for (bool more = !value.IsEmpty; more; )
        {
            more = Lws.TakeItem(ref value, out ReadOnlySpan<byte> item);
            if (!item.ContainsOnlyToken())
            {
                return false;
            }
        }

        return true;
    }
}
