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
            _border.Enter(
                request.Call!,
                description,
                isOffer: true,
                entered =>
                {
                    if (entered is { } own)
                    {
                        AnswerAlone(from, request, description, own, 488);
                    }
                    else
                    {
                        Refuse(request, 488, "the offer cannot be taken here");
                    }
                }
            );
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
        Body offer = SessionOf(request.Request);
        Call leg = request.Call!;
        if (offer.IsEmpty || !_options.Passed.Contains(request.Request.Method))
        {
            Refuse(request, 488, "the session is not changed within a call here");
        }
        else if (offer.Content.Span.SequenceEqual(_received[(int)from].Content.Span) && !leg.OwnDescription.IsEmpty)
        {
            // Nothing is changed: a session timer's refresh, which is this leg's alone (RFC 4028 §7.4).
            request.Answer(200, default, leg.OwnDescription);
        }
        else if (Callee is { State: CallState.Confirmed } && WayOf(from, request.Request.Method) is null)
        {
            // The other leg is up and busy: once more later (RFC 3261 §14.1).
            Refuse(request, 491, "an offer is open on the other leg");
        }
        else
        {
            _border.Enter(leg, offer, isOffer: true, entered => PassOffer(from, request, offer, entered));
        }
    }

    private void PassOffer(Leg from, IncomingRequest request, Body offer, Body? entered)
    {
        SipMethod method = request.Request.Method;
        if (entered is not { } own)
        {
            Refuse(request, 488, "the offer cannot be taken here");
        }
        else if (WayOf(from, method) is not { } way)
        {
            AnswerAlone(from, request, offer, own, method == SipMethod.Update ? 504 : 491);
        }
        else if (_session.Offer(from, own) is not { } crossing)
        {
            AnswerAlone(from, request, offer, own, 488, "the offer has no medium that can be taken here");
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
        Body offer,
        in Body own,
        int otherwise,
        string why = "the other leg cannot be asked now"
    )
    {
        if (_session.AnswerAlone(from, own) is not { } answer)
        {
            Refuse(request, _session.IsAnchored ? 488 : otherwise, why);
            return;
        }

        Received(from, offer);
        _border.Leave(request.Call!, answer, isOffer: false, left => Answer(request, left));
    }

    private void OfferAlone(Leg from, IncomingRequest request)
    {
        if (_options.Passed.Contains(SipMethod.Invite) && _session.OfferAlone(from) is { } offer)
        {
            _border.Leave(request.Call!, offer, isOffer: true, left => Answer(request, left));
        }
        else
        {
            Refuse(request, 488, "there is nothing to offer");
        }
    }

    private static void Answer(IncomingRequest request, Body? description)
    {
        if (description is { } body)
        {
            request.Answer(200, default, body);
        }
        else
        {
            Refuse(request, 488, "the session cannot be described now");
        }
    }

    /// <summary>Offers the other leg what follows from the agreement of one with this side.</summary>
    private void Follow(Call other, Leg to, in Body offer) =>
        _border.Leave(
            other,
            offer,
            isOffer: true,
            left =>
            {
                if (left is { } body)
                {
                    // Where that leg does not want it, what stood goes on there: there is nobody left to tell.
                    other.Send(SipMethod.Invite, body, new FollowingOffer(this, to));
                }
            }
        );

    internal void Leave(Call leg, in Body description, bool isOffer, Action<Body?> crossed) =>
        _border.Leave(leg, description, isOffer, crossed);

    /// <summary>The other leg's answer to an offer of this one, as this one's far side gets it; null where there is none.</summary>
    internal void TakeAnswer(
        Leg from,
        IncomingRequest request,
        Body offer,
        Call other,
        Body answer,
        Action<Body?> taken
    )
    {
        if (answer.IsEmpty)
        {
            taken(null);
            return;
        }

        _border.Enter(
            other,
            answer,
            isOffer: false,
            entered =>
            {
                if (entered is not { } own || _session.Answer(1 - from, own) is not { IsEmpty: false } crossing)
                {
                    taken(null);
                    return;
                }

                Received(from, offer);
                Received(1 - from, answer);
                _border.Leave(request.Call!, crossing, isOffer: false, taken);
            }
        );
    }

    internal void TakeFollowing(Leg from, Call leg, SipResponse response)
    {
        Body answer = SessionOf(response);
        Received(from, answer);
        _border.Enter(
            leg,
            answer,
            isOffer: false,
            entered =>
            {
                if (entered is { } own)
                {
                    _session.Answer(from, own);
                }
            }
        );
    }

    internal void TakeRefusal(Leg from) => _session.Refused(from);
}
