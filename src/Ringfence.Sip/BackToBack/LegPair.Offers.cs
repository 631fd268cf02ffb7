using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.BackToBack;

/// <content>New offers of one leg: the other is asked, or this side answers by itself.</content>
public sealed partial class LegPair
{
    private void AnswerPrack(Leg from, IncomingRequest request)
    {
        Body description = SessionOf(request.Request);
        if (description.IsEmpty)
        {
            request.AnswerByDefault();
        }
        else if (request.IsOffer)
        {
            AnswerAlone(from, request, description, 488);
        }
        else
        {
            Received(from, description);
            Body crossing = _session.Answer(from, description) ?? Body.None;
            request.Answer(200, default, Body.None);
            if (Offering is { } dialog)
            {
                Offering = null;
                Callee?.AcknowledgeProgress(dialog, crossing);
            }
        }
    }

    private void PassOffer(Leg from, IncomingRequest request)
    {
        SipMethod method = request.Request.Method;
        Body offer = SessionOf(request.Request);
        Call leg = from == Leg.Caller ? Caller : Callee!;
        if (offer.IsEmpty || !_options.Passed.Contains(method))
        {
            Refuse(request, 488, "the session is not changed within a call here");
        }
        else if (offer.Content.Span.SequenceEqual(_received[(int)from].Content.Span) && !leg.OwnDescription.IsEmpty)
        {
            // Nothing is changed: a session timer's refresh, which is this leg's alone (RFC 4028 §7.4).
            request.Answer(200, default, leg.OwnDescription);
        }
        else if (WayOf(from, method) is not { } way)
        {
            if (Callee is { State: CallState.Confirmed })
            {
                // The other leg is up and busy: once more later (RFC 3261 §14.1).
                Refuse(request, 491, "an offer is open on the other leg");
                return;
            }

            AnswerAlone(from, request, offer, method == SipMethod.Update ? 504 : 491);
        }
        else if (_session.Offer(from, offer) is not { } crossing)
        {
            AnswerAlone(from, request, offer, 488, "the offer has no medium that can be taken here");
        }
        else
        {
            new OfferExchange(this, from, request, offer, way.Dialog, way.Method).Send(
                crossing,
                Towards(1 - from).Of(request.Request),
                _options.UpdateTimeout
            );
        }
    }

    /// <summary>
    /// By which request the other leg can be asked now: the same, or re-INVITE where it takes no UPDATE; null when it cannot be, because
    /// it has no dialog that is far enough or an offer is open there.
    /// </summary>
    private (Dialog Dialog, SipMethod Method)? WayOf(Leg from, SipMethod method)
    {
        if (OtherOf(from) is not { } other || (_session.IsAnchored && Callee?.State != CallState.Confirmed))
        {
            return null;
        }

        Dialog? dialog = other.Dialog ?? (other is OutgoingCall { EarlyDialogs: { Count: 1 } early } ? early[0] : null);
        if (dialog is null)
        {
            return null;
        }

        SipMethod way = method == SipMethod.Update && dialog.TakesUpdate ? SipMethod.Update : SipMethod.Invite;
        return other.Objection(dialog, way, isOffer: true) is null ? (dialog, way) : null;
    }

    private void AnswerAlone(
        Leg from,
        IncomingRequest request,
        in Body offer,
        int otherwise,
        string why = "the other leg cannot be asked now"
    )
    {
        if (_session.AnswerAlone(from, offer) is { } answer)
        {
            Received(from, offer);
            request.Answer(200, default, answer);
        }
        else
        {
            Refuse(request, _session.IsAnchored ? 488 : otherwise, why);
        }
    }

    private void OfferAlone(Leg from, IncomingRequest request)
    {
        if (_options.Passed.Contains(SipMethod.Invite) && _session.OfferAlone(from) is { } offer)
        {
            request.Answer(200, default, offer);
        }
        else
        {
            Refuse(request, 488, "there is nothing to offer");
        }
    }
}
