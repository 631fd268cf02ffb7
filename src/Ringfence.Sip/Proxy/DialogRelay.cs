using Ringfence.Sip.Auth;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Resolve;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>
/// What follows within the dialogs of proxied calls, forwarded without state (RFC 3261 §16.11): by the Route that was recorded,
/// with a branch that is a keyed hash of the one it came with, so that responses prove that their request went by here.
/// </summary>
internal sealed partial class DialogRelay(
    TransactionLayer transactions,
    ForwardedRequest requests,
    ForwardedResponse responses,
    RouteMark marks,
    LaneResolver? resolver,
    DigestClients logins
)
{
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
        else
        {
            ForwardLoose(from, request, own);
        }

        return true;
    }

    /// <summary>By the flow that the last of our routes names, else to the next Route value, else to the Request-URI.</summary>
    private void ForwardLoose(in Peer from, SipRequest request, int own)
    {
        ReadOnlySpan<byte> next = NextUri(request, own, out Peer flow, out bool isShifted);
        var routes = new OwnRoute(own, isShifted && own > 1);
        bool isNumeric = NextHop.TryOf(next, from, out Peer peer);
        if (IsKept(flow, from, isNumeric, peer))
        {
            Forward(from, request, routes, flow, otherwise: 430);
        }
        else if (isNumeric)
        {
            Forward(from, request, routes, peer, otherwise: 503);
        }
        else
        {
            LookUp(from, request, routes, next);
        }
    }

    /// <summary>
    /// True where the flow counts and not the URI. A TLS flow only says which domain the peer is to prove: it counts for the address
    /// that it leads to.
    /// </summary>
    private static bool IsKept(in Peer flow, in Peer from, bool isNumeric, in Peer peer)
    {
        bool isSource = flow.Kind == from.Kind && flow.Address == from.Address && flow.Port == from.Port;
        return flow.Port != 0
            && !isSource
            && (flow.Domain is null || flow.Connection != 0 || (isNumeric && peer.Address == flow.Address));
    }

    /// <summary>A host name is looked up without holding up the lane; all requests of a transaction go the same way (RFC 3263 §4.4).</summary>
    private void LookUp(Peer from, SipRequest request, OwnRoute own, ReadOnlySpan<byte> uri)
    {
        if (resolver is null || !TopVia.TryRead(request, out Via upstream))
        {
            Refuse(from, request, 503);
            return;
        }

        ulong seed = transactions.Hash.Of(upstream.Branch);
        if (resolver.Ask(uri, seed, found => Resolved(from, request, own, found)) is { } known)
        {
            Resolved(from, request, own, known);
        }
    }

    private void Resolved(in Peer from, SipRequest request, OwnRoute own, Resolution found)
    {
        if (found.Targets.Count > 0)
        {
            Forward(from, request, own, found.Targets[0].Destination, otherwise: 503);
        }
        else
        {
            Refuse(from, request, found.Status == ResolveStatus.Unavailable ? 503 : 404);
        }
    }

    private void Forward(Peer from, SipRequest request, OwnRoute own, Peer next, int otherwise)
    {
        if (
            request.Method is not (SipMethod.Ack or SipMethod.Cancel or SipMethod.Other)
            && logins.At(next) is { } login
        )
        {
            new LoggedInRequest(transactions, Write, responses, request, next, login).Begin(from);
            return;

            // After the BYE nothing follows whose number would have to fit: as any request anew (§22.2). Any other keeps its number.
            ReadOnlySpan<byte> Write(in Token branch, HeaderField? credentials, bool isAgain)
            {
                Begin(from, request, own, isAgain && request.Method == SipMethod.Bye ? 1 : 0);
                if (credentials is { } header)
                {
                    requests.Add(header);
                }

                return requests.Finish(requests.LocalFor(next), branch);
            }
        }

        Begin(from, request, own, further: 0);

        if (!Send(request, next, own.IsShifted))
        {
            Refuse(from, request, otherwise);
        }
    }

    private void Begin(in Peer from, SipRequest request, OwnRoute own, int further)
    {
        requests.Begin(request, from, default);
        requests.DropRoutes(request, own.Count);
        int by = (own.IsShifted ? 1 : 0) + further;
        if (by > 0)
        {
            requests.Shift(request, by);
        }
    }

    /// <summary>Forwards a response whose request was forwarded here; false when it is no such response.</summary>
    internal bool TryForward(SipResponse response)
    {
        HeaderItems vias = response.Items(HeaderId.Via);
        if (!vias.MoveNext() || !Via.TryParse(vias.Current, out Via mine) || !vias.MoveNext())
        {
            return false;
        }

        if (!Via.TryParse(vias.Current, out Via upstream))
        {
            return false;
        }

        bool isShifted = mine.Branch.SequenceEqual(BranchFor(upstream, isShifted: true).Span);
        if (!isShifted && !mine.Branch.SequenceEqual(BranchFor(upstream, isShifted: false).Span))
        {
            return false;
        }

        if (ResponseRoute.TryNext(upstream, out Peer next))
        {
            transactions.Wire.Send(next, responses.Write(response, isShifted));
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
            Send(request, next, isShifted: false);
        }
        else
        {
            Refuse(from, request, 400);
        }
    }

    private bool Send(SipRequest request, in Peer next, bool isShifted) =>
        TopVia.TryRead(request, out Via upstream)
        && transactions.Wire.Send(next, requests.Finish(requests.LocalFor(next), BranchFor(upstream, isShifted)))
            == SendOutcome.Sent;

    /// <summary>The same for every retransmission, and for the ACK and CANCEL of the same request (§16.11).</summary>
    private Token BranchFor(in Via upstream, bool isShifted)
    {
        Token branch = default;
        branch.Append(Via.MagicCookie);
        branch.Append(transactions.Hash.Of(upstream.SentBy.Host, transactions.Hash.Of(upstream.Branch)));
        branch.Append(isShifted ? "s"u8 : default);
        return branch;
    }

    /// <summary>Our routes at the top of a request.</summary>
    private readonly record struct OwnRoute(int Count, bool IsShifted);

    private void Refuse(in Peer from, SipRequest request, int statusCode)
    {
        if (request.Method != SipMethod.Ack)
        {
            transactions.Refuse(from, request, statusCode);
        }
    }
}
