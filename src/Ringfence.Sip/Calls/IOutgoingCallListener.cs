using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Calls;

/// <summary>What an outgoing call tells whoever owns it.</summary>
public interface IOutgoingCallListener : ICallListener
{
    /// <summary>
    /// A provisional response of 101 to 199. Each fork that answers has its own <paramref name="dialog"/>; SDP in any of them
    /// is early media (<see cref="Dialog.RemoteDescription"/> holds the first of that dialog, RFC 3261 §13.2.1). 199 ends
    /// its dialog (RFC 6228). Repeats of a reliable response and responses beyond <see cref="CallOptions.MaxEarlyDialogs"/> are not reported.
    /// </summary>
    void OnProgress(OutgoingCall call, Dialog dialog, SipResponse response) { }

    /// <summary>
    /// The first 2xx. ACK has been sent, unless the INVITE carried no offer: then <see cref="OutgoingCall.Acknowledge"/> is
    /// due from here, with the answer. Further 2xx from other forks are acknowledged and ended without a word.
    /// </summary>
    void OnAnswered(OutgoingCall call, Dialog dialog, SipResponse response);

    /// <summary>
    /// The INVITE was refused or redirected: 300 to 699. Without a <paramref name="response"/> the status stands for one that
    /// never came: 408 for none in time, 503 for a transport that failed (RFC 3261 §8.1.3.1). <see cref="ICallListener.OnEnded"/> follows.
    /// </summary>
    void OnRefused(OutgoingCall call, int statusCode, SipResponse? response);
}
