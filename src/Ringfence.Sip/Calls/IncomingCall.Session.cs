using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <content>ACK, PRACK and the BYE that comes before the answer.</content>
public sealed partial class IncomingCall
{
    /// <summary>True when a provisional response with SDP would now go out reliably, and no other waits for its PRACK.</summary>
    public bool MayProgressReliably => _responder is { MaySendReliably: true };

    /// <summary>
    /// True when the next provisional response may carry the offer of an early session (RFC 3959): both sides know them, the response
    /// will go out reliably and at once, and neither side has made such an offer. The answer comes by
    /// <see cref="IIncomingCallListener.OnEarlyAnswer"/>.
    /// </summary>
    public bool MayOfferEarlySession =>
        TakesEarlySession
        && MayProgressReliably
        && (Dialog?.EarlySession.Phase ?? EarlySessionPhase.None) == EarlySessionPhase.None
        && EarlyOffer.IsEmpty
        && (
            OptionTags.Has(Request, HeaderId.Supported, "early-session"u8)
            || OptionTags.Has(Request, HeaderId.Require, "early-session"u8)
        );

    /// <summary>
    /// The caller's own offer of an early session, in its INVITE; empty for none. It is answered, or refused, in the first reliable
    /// response; RFC 3959 §4 recommends against such offers.
    /// </summary>
    public ReadOnlySpan<byte> EarlyOffer => SessionBody.EarlyOf(Request);

    private protected override void OnAcknowledged(SipRequest ack)
    {
        if (State == CallState.Ending)
        {
            SendBye(Dialog!, _byeHeaders);
            Tell(CallEnd.ByeSent, null);
        }
        else if (TryMove(CallEvent.Acknowledged))
        {
            Listener?.OnAcknowledged(this, ack);
        }
    }

    private protected override void OnByeBeforeAnswer()
    {
        _responder!.Refuse(487, default, default, default);
        Release(SilentUser.Instance);
    }

    /// <summary>A PRACK with SDP is its owner's to answer; one without is answered here (RFC 3262 §3).</summary>
    private protected override void OnPrack(Dialog dialog, in Peer from, SipRequest prack)
    {
        if (_responder is not { } responder || !responder.TryAcknowledge(prack, out bool hadEarly))
        {
            Layer.RefuseOnce(from, prack, 481);
            return;
        }

        if (!responder.IsSessionOpen)
        {
            // What was described reliably counts from its PRACK on (RFC 3311 §5.1).
            dialog.Take(true, SessionMessage.Reliable, true);
        }

        bool isAnswerDue = hadEarly && dialog.EarlySession is { Phase: EarlySessionPhase.Offered, IsOurs: true };
        new IncomingRequest(this, dialog, prack, from).Offer(prack.Body.IsEmpty ? null : Listener);
        if (_responder is not null && responder.TryRelease())
        {
            OnAnswerSent();
        }

        if (isAnswerDue && State < CallState.Ending)
        {
            Listener?.OnEarlyAnswer(this, SessionBody.EarlyOf(prack).ToArray());
        }
    }
}
