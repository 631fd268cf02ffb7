using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Calls;

/// <content>Provisional responses, and the PRACK that carries an answer.</content>
public sealed partial class OutgoingCall
{
    /// <summary>
    /// Sends the PRACK with the SDP answer, when a reliable provisional response carried an offer: because the INVITE had none
    /// (RFC 3262 §5), or of an early session (<see cref="Body.EarlySdp"/>, RFC 3959). False when none is due in that dialog.
    /// </summary>
    public bool AcknowledgeProgress(Dialog dialog, in Body body)
    {
        ArgumentNullException.ThrowIfNull(dialog);
        if (!IsAnswerDue(dialog) || dialog.State != DialogState.Early)
        {
            return false;
        }

        _reliable.Acknowledge(dialog, body);
        return true;
    }

    private void OnProgress(SipResponse response)
    {
        bool isEnd = response.StatusCode == 199;
        Dialog? dialog = isEnd ? _early.Find(response) : _early.FindOrAdd(response);
        if (dialog is null || !_reliable.TryTake(dialog, response))
        {
            return;
        }

        dialog.Describe(response);
        if (TryMove(CallEvent.Progressed))
        {
            Listener.OnProgress(this, dialog, response);
        }

        if (!dialog.EarlyOffer.IsEmpty && dialog.Offer is not { Open: OpenOffer.Reliable, IsOurs: false })
        {
            // Nobody wants it: no early session comes of an offer whose PRACK has no answer.
            AcknowledgeProgress(dialog, Body.None);
        }

        if (isEnd)
        {
            // That fork is over (RFC 6228 §4); a 2xx that crosses it begins anew.
            _early.Release(dialog);
            Layer.Dialogs.Remove(dialog);
        }
    }

    private static bool IsAnswerDue(Dialog dialog) =>
        !dialog.EarlyOffer.IsEmpty || dialog.Offer is { Open: OpenOffer.Reliable, IsOurs: false };
}
