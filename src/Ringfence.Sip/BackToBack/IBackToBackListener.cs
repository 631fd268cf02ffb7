using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.BackToBack;

/// <summary>Who owns a back-to-back call: where it goes, and what is heard of it. Called on the call's lane.</summary>
public interface IBackToBackListener
{
    /// <summary>
    /// The INVITE of the far leg: at the beginning, and again when a target has refused with less than 600 or was not reached; null when
    /// there is no other: then the refusal goes to the caller.
    /// </summary>
    Invitation? NextTarget(BackToBackCall call);

    /// <summary>A provisional response of the callee; passed on unless the owner does something else.</summary>
    void OnProgress(BackToBackCall call, Dialog dialog, SipResponse response) => call.PassProgress(dialog, response);

    /// <summary>The callee has answered, and so has this side.</summary>
    void OnAnswered(BackToBackCall call) { }

    /// <summary>Both legs are over, or ending: called once, last.</summary>
    void OnEnded(BackToBackCall call, BackToBackEnd end) { }

    /// <summary>Further header lines of a response to the caller's INVITE.</summary>
    IReadOnlyList<HeaderField> HeadersForCaller(BackToBackCall call, int statusCode) => [];
}
