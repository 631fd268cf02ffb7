using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Calls;

/// <summary>Reliable provisional responses on the side that receives them (RFC 3262 §4).</summary>
internal sealed class ReliableReceiver(OutgoingCall call)
{
    /// <summary>
    /// False for a reliable response that repeats another or comes after a gap. One in order gets its PRACK at once, unless that
    /// has to carry the answer to an offer of the far side (§5, RFC 3959 §4).
    /// </summary>
    internal bool TryTake(Dialog dialog, SipResponse response)
    {
        bool isReliable = OptionTags.Has(response, HeaderId.Require, "100rel"u8);
        if (!isReliable || !RSeq.TryParse(response.Value(HeaderId.RSeq), out uint number))
        {
            return true;
        }

        if (!dialog.TakeReliable(number))
        {
            return false;
        }

        OfferStep step = dialog.Take(false, SessionMessage.Reliable, SessionBody.IsIn(response));
        ReadOnlySpan<byte> description = SessionBody.EarlyOf(response);
        EarlySessionStep early = dialog.TakeEarly(false, SessionMessage.Reliable, !description.IsEmpty);
        if (call.TakesEarlySession && early.Role == DescriptionRole.Offer)
        {
            dialog.EarlyOffer = description.ToArray();
        }
        else if (step.Role != DescriptionRole.Offer)
        {
            Acknowledge(dialog, Body.None);
        }

        return true;
    }

    internal void Acknowledge(Dialog dialog, in Body body)
    {
        dialog.Take(true, SessionMessage.Prack, !body.Session.IsEmpty);
        dialog.TakeEarly(true, SessionMessage.Prack, !body.EarlyDescription.IsEmpty);
        dialog.EarlyOffer = default;
        call.Described(body);
        new OutgoingRequest(call, dialog, SipMethod.Prack, null).Send(
            body,
            [new HeaderField(HeaderId.RAck, $"{dialog.LastReliable} {call.Sequence} INVITE")]
        );
    }
}
