using static Ringfence.Sip.Calls.CallEvent;
using static Ringfence.Sip.Calls.CallState;

namespace Ringfence.Sip.Calls;

/// <summary>The states of a call, either way (RFC 3261 §13, §15).</summary>
internal static class CallMachine
{
    /// <summary>The state that an event leads to; null when the state does not allow it.</summary>
    internal static CallState? Next(CallState state, CallEvent happened) =>
        (state, happened) switch
        {
            (Inviting or Progressing, Progressed) => Progressing,
            // A 2xx may cross the CANCEL (§9.1): then the call is answered, and ended at once.
            (Inviting or Progressing or Cancelling, CallEvent.Answered) => CallState.Answered,
            (Inviting or Progressing or Cancelling, Refused) => Ended,
            (Inviting or Progressing, TakenBack) => Cancelling,
            (CallState.Answered, Acknowledged) => Confirmed,
            (CallState.Answered or Confirmed, HungUp) => Ending,
            // The caller may send BYE on an early dialog too (§15).
            (Progressing or CallState.Answered or Confirmed or Ending, ByeReceived) => Ended,
            (Ending, ByeCompleted) => Ended,
            _ => null,
        };
}
