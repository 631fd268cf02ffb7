using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;

namespace Ringfence.Sip.Proxy;

/// <summary>
/// The second part of a forwarded request's branch: a hash of all that decides where it goes (RFC 3261 §16.6 item 8, RFC 5393
/// §4.2). A request that comes back with the same has looped; one that comes back otherwise is a spiral, and welcome.
/// </summary>
internal static class LoopMark
{
    internal static Token Of(SipRequest request, in KeyedHash hash)
    {
        ulong value = hash.Of(request.RequestUri);
        value = hash.Of(request.Value(HeaderId.CallId), value);
        value = hash.Of(Tags.From(request), value);
        value = hash.Of(Tags.To(request), value);
        value = hash.Of(request.Value(HeaderId.Route), value);
        value = hash.Of(request.Value(HeaderId.ProxyRequire), value);
        Token mark = default;
        mark.Append(hash.Of(request.Value(HeaderId.CSeq), value));
        return mark;
    }

    /// <summary>True when a Via of the request ends in this mark: only this proxy can have made it.</summary>
    internal static bool HasLooped(SipRequest request, in Token mark)
    {
        foreach (ReadOnlySpan<byte> item in request.Items(HeaderId.Via))
        {
            if (Via.TryParse(item, out Via via) && via.Branch.EndsWith(mark.Span))
            {
                return true;
            }
        }

        return false;
    }
}
