using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Telemetry;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Stages;

/// <summary>
/// A call that waits for the verdict on its identity while the signer's certificate is fetched elsewhere. It goes on with the
/// verdict, or at the deadline without it; a caller that gives up meanwhile is let go.
/// </summary>
internal sealed class WaitingCall : TimerEntry, IIncomingCallListener
{
    private readonly AdmittedCall _admitted;
    private readonly Lane _lane;
    private readonly Action<AdmittedCall> _goOn;
    private bool _isWaiting = true;

    private WaitingCall(AdmittedCall admitted, Lane lane, Action<AdmittedCall> goOn)
    {
        _admitted = admitted;
        _lane = lane;
        _goOn = goOn;
    }

    internal static void Begin(
        AdmittedCall admitted,
        Lane lane,
        SignedCall facts,
        EdgeServices services,
        Action<AdmittedCall> goOn
    )
    {
        var waiting = new WaitingCall(admitted, lane, goOn);
        admitted.Identity.IsPending = true;
        admitted.Call.Listener = waiting;
        lane.Timers.Arm(waiting, admitted.Identity.Engine!.Configuration.DeadlineMs);
        _ = Task.Run(() => waiting.VerifyAsync(facts, services));
    }

    /// <inheritdoc/>
    public void OnEnded(Call call, CallEnd end, SipMessage? message)
    {
        if (!_isWaiting)
        {
            return;
        }

        Stop();
        _admitted.Journal.Refused(end == CallEnd.Cancelled ? 487 : 0);
        _admitted.Journal.Close("caller");
    }

    /// <summary>The deadline: the call goes on, and the verdict comes later.</summary>
    protected override void OnDue(long now) => GoOn();

    private async Task VerifyAsync(SignedCall facts, EdgeServices services)
    {
        try
        {
            // What a fetch takes is bounded by its own deadline.
            VerificationResult result = await _admitted
                .Identity.Engine!.Verification.VerifyAsync(facts, CancellationToken.None)
                .ConfigureAwait(false);
            await _lane.PostAsync(new Arrival(this, result)).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The edge is ending, and its fetches with it: the call has its deadline.
            EdgeLog.VerificationAbandoned(services.Log, _admitted.Journal.Id);
        }
    }

    private void Take(VerificationResult result)
    {
        bool goesOn = _isWaiting;
        _admitted.Identity.IsPending &= !goesOn;
        _admitted.Identity.Decided(result);
        if (goesOn)
        {
            GoOn();
        }
    }

    private void GoOn()
    {
        Stop();
        _goOn(_admitted);
    }

    private void Stop()
    {
        _isWaiting = false;
        _admitted.Call.Listener = null;
        _lane.Timers.Disarm(this);
    }

    /// <summary>The verdict, back on the call's lane.</summary>
    private sealed class Arrival(WaitingCall waiting, VerificationResult result) : LaneWork
    {
        /// <inheritdoc/>
        public override void Run(Lane lane) => waiting.Take(result);
    }
}
