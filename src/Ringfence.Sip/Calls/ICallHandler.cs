namespace Ringfence.Sip.Calls;

/// <summary>Who decides on new calls. One per lane; called on the lane.</summary>
public interface ICallHandler
{
    /// <summary>
    /// A new INVITE that passed the checks of RFC 3261 §8.2. Set <see cref="IncomingCall.Listener"/> and decide, now or later;
    /// 100 Trying goes out by itself after 200 ms.
    /// </summary>
    void OnInvite(IncomingCall call);

    /// <summary>A request outside any dialog other than INVITE, ACK, CANCEL and OPTIONS, of a method in <see cref="CallOptions.Allow"/>.</summary>
    void OnRequest(IncomingRequest request) => request.AnswerByDefault();
}
