using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Calls;

/// <summary>What every call tells whoever owns it. Called on the call's lane; may call the call back at once.</summary>
public interface ICallListener
{
    /// <summary>
    /// The call is over: called once, last, and whatever happened. <paramref name="message"/> is the CANCEL, BYE or final
    /// response that ended it, null where none did.
    /// </summary>
    void OnEnded(Call call, CallEnd end, SipMessage? message);

    /// <summary>The far side acknowledged the 2xx to its re-INVITE; the ACK carries its answer when the 2xx carried an offer.</summary>
    void OnReinviteAcknowledged(Call call, IncomingRequest reinvite, SipRequest ack) { }

    /// <summary>
    /// A request within the dialog: re-INVITE, UPDATE, INFO, REFER, MESSAGE, NOTIFY. Answer it now or later; by default it is
    /// answered so that the session goes on unchanged.
    /// </summary>
    void OnRequest(Call call, IncomingRequest request) => request.AnswerByDefault();
}
