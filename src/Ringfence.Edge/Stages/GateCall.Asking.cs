using Ringfence.Edge.Challenge;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Gate;
using Ringfence.Screening.Reputation;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Stages;

/// <content>The callee of a caller that has said its name decides before the caller is answered.</content>
internal sealed partial class GateCall
{
    private readonly CalleeAsking? _asking;

    private void Ask(CalleeAsking asking, EarlyFork fork, ReadOnlySpan<byte> description, SipResponse answer)
    {
        byte[] kept = description.ToArray();
        if (!asking.TryBegin(fork, description, answer, says => Said(asking, says, fork, kept)))
        {
            _setup.Journal.GateReason += "; the callee cannot be spoken to";
            RefuseCaller(480, default, []);
            _answered!.End(Reasons.IncompatibleMedia);
        }
    }

    private void Said(CalleeAsking asking, CalleeSays says, EarlyFork fork, byte[] description)
    {
        switch (says)
        {
            case CalleeSays.Accepts:
                _setup.Journal.GateReason += "; the callee accepted";
                asking.Introduction.Accepted();
                Join(_answered!, fork, description);
                break;
            case CalleeSays.Refuses:
                _setup.Journal.GateReason += "; the callee refused the caller for good";
                // A 607 by a key: said before the caller was answered (RFC 8197 §1).
                _setup.Journal.Unwanted(ReportChannel.BeforeAnswer);
                Leave();
                asking.Introduction.Refused();
                _answered!.End();
                break;
            default:
                _setup.Journal.GateReason += "; the callee answered and did not accept";
                RefuseCaller(480, default, []);
                _answered!.End();
                break;
        }
    }

    /// <summary>The callee hung up, or is gone, before it has said anything.</summary>
    private static void HungUp(CalleeAsking asking, CallEnd end, SipMessage? message) =>
        asking.Say(
            end == CallEnd.ByeReceived && TalkingCalls.IsUnwanted(message) ? CalleeSays.Refuses : CalleeSays.Nothing
        );
}
