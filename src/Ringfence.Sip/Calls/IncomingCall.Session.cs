using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <content>ACK, PRACK and the BYE that comes before the answer.</content>
public sealed partial class IncomingCall
{
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
        if (_responder is not { } responder || !responder.TryAcknowledge(prack))
        {
            Layer.RefuseOnce(from, prack, 481);
            return;
        }

        if (!responder.IsSessionOpen)
        {
            // What was described reliably counts from its PRACK on (RFC 3311 §5.1).
            dialog.Take(true, SessionMessage.Reliable, true);
        }

        new IncomingRequest(this, dialog, prack, from).Offer(prack.Body.IsEmpty ? null : Listener);
        if (_responder is not null && responder.TryRelease())
        {
            OnAnswerSent();
        }
    }
}
