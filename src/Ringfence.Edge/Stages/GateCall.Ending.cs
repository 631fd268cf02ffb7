using Ringfence.Edge.Evidence;
using Ringfence.Screening.Reputation;
using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Stages;

/// <content>Whatever ends one leg ends the other.</content>
internal sealed partial class GateCall
{
    /// <inheritdoc/>
    public void OnEnded(Call call, CallEnd end, SipMessage? message)
    {
        Over(end is CallEnd.Cancelled or CallEnd.ByeReceived ? "caller" : "edge", end == CallEnd.Cancelled ? 487 : 0);
        EndAll(LegPair.ReasonsFor(end, message));
    }

    /// <summary>A far leg is over; of its refusals has been told before.</summary>
    internal void Ended(GateBranch branch, CallEnd end, SipMessage? message)
    {
        if (branch != _answered)
        {
            // One that was taken back, and that the caller's refusal has waited for.
            if (branch.Finish())
            {
                Continue();
            }

            return;
        }

        if (_asking is { IsOn: true } asking)
        {
            HungUp(asking, end, message);
            return;
        }

        if (end == CallEnd.ByeReceived && TalkingCalls.IsUnwanted(message))
        {
            _setup.Journal.Unwanted(ReportChannel.MidCall);
        }

        Over(end == CallEnd.ByeReceived ? "callee" : "edge", 0);
        _caller.End(LegPair.ReasonsFor(end, message));
    }

    private void Over(string endedBy, int statusCode)
    {
        if (!Leave())
        {
            return;
        }

        if (statusCode > 0)
        {
            _setup.Journal.Refused(statusCode);
        }

        _setup.Journal.Close(endedBy);
    }

    /// <summary>Nothing is done any more in this call. True once.</summary>
    private bool Leave()
    {
        if (_isOver)
        {
            return false;
        }

        _isOver = true;
        _setup.Lane.Timers.Disarm(_crossing);
        _asking?.End();
        _watch.End();
        _media.Close();
        _branches.ForEach(static branch => branch.Border?.Delete());
        return true;
    }
}
