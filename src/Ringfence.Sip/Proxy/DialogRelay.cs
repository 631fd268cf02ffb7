using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>
/// What follows within the dialogs of proxied calls, forwarded without state (RFC 3261 §16.11): by the Route that was recorded,
/// with a branch that is a keyed hash of the one it came with, so that responses prove that their request went by here.
/// </summary>
internal sealed class DialogRelay(
    TransactionLayer transactions,
    ForwardedRequest requests,
    ForwardedResponse responses,
    RouteMark marks
)
{
    /// <summary>How many values at the top of Route were recorded here: two where the transports of the sides differ.</summary>
    internal int OwnRoutes(SipRequest request)
    {
        int count = 0;
        foreach (ReadOnlySpan<byte> route in request.Items(HeaderId.Route))
        {
            if (!marks.IsMyRoute(request, route))
            {
                break;
            }

            count++;
        }

        return count;
    }

    /// <summary>Forwards a request within a dialog that was recorded here; false when it is no such request.</summary>
    internal bool TryForward(in Peer from, SipRequest request)
    {
        bool isStrict = marks.IsMine(request, request.RequestUri);
        int own = OwnRoutes(request);
        if (Tags.To(request).IsEmpty || (own == 0 && !isStrict))
        {
            return false;
        }

        if (request.Value(HeaderId.MaxForwards).SequenceEqual("0"u8))
        {
            Refuse(from, request, 483);
        }
        else if (isStrict)
        {
            // A strict router put us into the Request-URI; the real one is the last Route value (§16.4).
            ForwardStrict(from, request);
        }
        else if (TryNext(request, own, from, out Peer next))
        {
            requests.Begin(request, from, default);
            requests.DropRoutes(request, own);
            Send(request, next);
        }
        else
        {
            Refuse(from, request, 503);
        }

        return true;
    }

    /// <summary>Forwards a response whose request was forwarded here; false when it is no such response.</summary>
    internal bool TryForward(SipResponse response)
    {
        HeaderItems vias = response.Items(HeaderId.Via);
        if (!vias.MoveNext() || !Via.TryParse(vias.Current, out Via mine) || !vias.MoveNext())
        {
            return false;
        }

        if (!Via.TryParse(vias.Current, out Via upstream) || !mine.Branch.SequenceEqual(BranchFor(upstream).Span))
        {
            return false;
        }

        if (ResponseRoute.TryNext(upstream, out Peer next))
        {
            transactions.Wire.Send(next, responses.Write(response));
        }

        return true;
    }

    private void ForwardStrict(in Peer from, SipRequest request)
    {
        ReadOnlySpan<byte> last = default;
        foreach (ReadOnlySpan<byte> route in request.Items(HeaderId.Route))
        {
            last = route;
        }

        if (NameAddr.TryParse(last, out NameAddr target) && NextHop.TryOf(target.Uri, from, out Peer next))
        {
            requests.Begin(request, from, target.Uri);
            requests.DropRoutes(request, int.MaxValue);
            Send(request, next);
        }
        else
        {
            Refuse(from, request, 400);
        }
    }

    private static bool TryNext(SipRequest request, int own, in Peer from, out Peer next)
    {
        int at = 0;
        foreach (ReadOnlySpan<byte> route in request.Items(HeaderId.Route))
        {
            if (at++ == own)
            {
                next = default;
                return NameAddr.TryParse(route, out NameAddr address) && NextHop.TryOf(address.Uri, from, out next);
            }
        }

        return NextHop.TryOf(request.RequestUri, from, out next);
    }

    private void Send(SipRequest request, in Peer next)
    {
        if (TopVia.TryRead(request, out Via upstream))
        {
            transactions.Wire.Send(next, requests.Finish(requests.LocalFor(next), BranchFor(upstream)));
        }
    }

    /// <summary>The same for every retransmission, and for the ACK and CANCEL of the same request (§16.11).</summary>
    private Token BranchFor(in Via upstream)
    {
        Token branch = default;
        branch.Append(Via.MagicCookie);
        branch.Append(transactions.Hash.Of(upstream.SentBy.Host, transactions.Hash.Of(upstream.Branch)));
        return branch;
    }

    private void Refuse(in Peer from, SipRequest request, int statusCode)
    {
        if (request.Method != SipMethod.Ack)
        {
            transactions.Refuse(from, request, statusCode);
        }
    }
}
