using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Calls;

/// <content>Requests within the call's dialogs, and what may not be asked now.</content>
public abstract partial class Call
{
    /// <summary>Sends a request within the call's own dialog; false when there is none, and else as with a dialog given.</summary>
    public bool Send(
        SipMethod method,
        in Body body,
        IRequestListener? listener,
        params ReadOnlySpan<HeaderField> headers
    ) => Dialog is { } dialog && Send(dialog, method, body, listener, headers);

    /// <summary>
    /// Sends a request within one of the call's dialogs: re-INVITE, UPDATE, INFO and so on. False when it may not be sent now;
    /// <see cref="Objection"/> says why.
    /// </summary>
    /// <param name="dialog">The call's own, or one of the early ones of an outgoing call.</param>
    /// <param name="method">Any but those that the call sends itself.</param>
    /// <param name="body">What it carries; of INVITE and UPDATE an offer.</param>
    /// <param name="listener">Who hears what became of it.</param>
    /// <param name="headers">Further header lines.</param>
    /// <exception cref="ArgumentOutOfRangeException">The method is ACK, BYE, CANCEL, PRACK or not known.</exception>
    public bool Send(
        Dialog dialog,
        SipMethod method,
        in Body body,
        IRequestListener? listener,
        params ReadOnlySpan<HeaderField> headers
    )
    {
        if (Objection(dialog, method, !body.Session.IsEmpty) is not null)
        {
            return false;
        }

        if (IsSession(method, out SessionMessage message))
        {
            bool isEarly = !body.EarlyDescription.IsEmpty;
            if (EarlySessionRules.Next(dialog.EarlySession, true, message, isEarly).Fault != EarlySessionFault.None)
            {
                return false;
            }

            dialog.Take(true, message, !body.Session.IsEmpty);
            dialog.TakeEarly(true, message, isEarly);
        }

        _openInvites += method == SipMethod.Invite ? 1 : 0;
        new OutgoingRequest(this, dialog, method, listener).Send(body, headers);
        return true;
    }

    /// <summary>
    /// Why a request may not be sent now, in a sentence; null when it may: the dialog is over, another INVITE or an offer is still
    /// open, or an offer of the far side is due (RFC 3261 §14.1, RFC 3311 §5.1, RFC 6337 §2).
    /// </summary>
    /// <param name="dialog">The call's own, or one of the early ones of an outgoing call.</param>
    /// <param name="method">Any but those that the call sends itself.</param>
    /// <param name="isOffer">True when it is to carry a session description.</param>
    /// <exception cref="ArgumentOutOfRangeException">The method is ACK, BYE, CANCEL, PRACK or not known.</exception>
    public string? Objection(Dialog dialog, SipMethod method, bool isOffer)
    {
        ArgumentNullException.ThrowIfNull(dialog);
        if (method is SipMethod.Ack or SipMethod.Bye or SipMethod.Cancel or SipMethod.Prack or SipMethod.Other)
        {
            throw new ArgumentOutOfRangeException(nameof(method), method, "The call itself sends those.");
        }

        if (dialog.State == DialogState.Terminated || State >= CallState.Ending)
        {
            return "the dialog is over (RFC 3261 12.3)";
        }

        if (
            method == SipMethod.Invite
            && (State != CallState.Confirmed || _openInvites > 0 || OpenReinvite is not null)
        )
        {
            return "another INVITE is open (RFC 3261 14.1)";
        }

        OfferStep step = IsSession(method, out SessionMessage message)
            ? OfferRules.Next(dialog.Offer, true, message, isOffer)
            : default;
        return step.IsLegal ? null : OfferRules.Text(step.Fault);
    }

    internal void OnRequestCompleted(SipMethod method) => _openInvites -= method == SipMethod.Invite ? 1 : 0;

    internal void OnRequestAnswered(int statusCode)
    {
        if (statusCode is 408 or 481 && TryMove(CallEvent.HungUp))
        {
            // The far side does not know the dialog any more (§12.2.1.2).
            SendBye(Dialog!, default);
            Tell(CallEnd.Lost, null);
        }
    }

    /// <summary>The session has not been refreshed (RFC 4028 §10).</summary>
    internal void OnSessionExpired()
    {
        if (TryMove(CallEvent.HungUp))
        {
            SendBye(Dialog!, [new HeaderField(HeaderId.Reason, "SIP;cause=408;text=\"Session not refreshed\"")]);
            Tell(CallEnd.Expired, null);
        }
    }

    private static bool IsSession(SipMethod method, out SessionMessage message)
    {
        message = method == SipMethod.Update ? SessionMessage.Update : SessionMessage.Invite;
        return method is SipMethod.Invite or SipMethod.Update;
    }

    /// <summary>
    /// What a re-INVITE or UPDATE earns that comes while another, or an offer, is open (§14.2, RFC 3311 §5.2), or that asks for too
    /// short a session (RFC 4028 §9); 0 for nothing.
    /// </summary>
    private int Refusal(Dialog dialog, SipRequest request, out string text)
    {
        text = "";
        if (!IsSession(request.Method, out SessionMessage message))
        {
            return 0;
        }

        bool isInvite = message == SessionMessage.Invite;
        if (isInvite && _openInvites > 0)
        {
            text = "an INVITE of the answering side is open (RFC 3261 14.2)";
            return 491;
        }

        bool isTheirsOpen = OpenReinvite is not null || Unacknowledged is not null || State < CallState.Answered;
        if (isInvite ? isTheirsOpen : OpenUpdates > 0)
        {
            text = "another such request is open (RFC 3261 14.2, RFC 3311 5.2)";
            return 500;
        }

        OfferStep step = OfferRules.Next(dialog.Offer, false, message, SessionBody.IsIn(request));
        bool isEarly = !SessionBody.EarlyOf(request).IsEmpty;
        EarlySessionFault early = EarlySessionRules.Next(dialog.EarlySession, false, message, isEarly).Fault;
        text = step.IsLegal ? EarlySessionRules.Text(early) : OfferRules.Text(step.Fault);
        return !step.IsLegal ? OfferRules.Status(step.Fault)
            : EarlySessionRules.Status(early) is > 0 and int refused ? refused
            : Layer.Checks.CheckTimer(request);
    }
}
