using Ringfence.Edge.Challenge;
using Ringfence.Edge.Gate;
using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Stages;

/// <summary>
/// Progress through the gate: two legs as one call. The caller gets 183 with SDP and hears ringback at once; callees are called
/// meanwhile, one after another or all at once; media is relayed. Whatever ends one leg ends the other.
/// </summary>
internal sealed partial class GateCall : IIncomingCallListener
{
    private readonly IncomingCall _caller;
    private readonly GateSetup _setup;
    private readonly IGateMedia _media;
    private readonly GateProgress _progress;
    private readonly EarlyWatch _watch;
    private readonly LegPair _legs;
    private bool _isOver;
    private bool _isCallerAgreed;

    private GateCall(
        IncomingCall caller,
        GateSetup setup,
        ProxyTarget[] targets,
        IGateMedia media,
        bool hasMedia,
        EarlyWatch watch,
        CalleeAsking? asking
    )
    {
        _caller = caller;
        _setup = setup;
        _targets = new Queue<ProxyTarget>(targets);
        _media = media;
        _asking = asking;
        _legs = GateLegs.Pair(caller, setup, media.Session, this);
        _watch = watch;
        watch.Exceeded = OnEarlyForTooLong;
        _crossing = new LaneTimer(OnCrossedForLong);
        _progress = new GateProgress(caller, setup, media, hasMedia, watch);
        Array.ForEach(targets, target => setup.Redirections?.Visit(target.RequestUri));
    }

    /// <summary>A callee progressed.</summary>
    internal void Progressed(GateBranch branch, EarlyFork fork, SipResponse response, byte[] description)
    {
        // After a refusal for all, nothing more is said of the others (RFC 3261 §16.7 step 5).
        if (_isOver || _isClosed || !branch.IsPending)
        {
            return;
        }

        _legs.Heard(branch.Call!, response);
        if (_progress.Progressed(fork, response, description) is > 0 and int statusCode)
        {
            // Refused in all but name: the announcement is over before the release comes.
            Refused(branch, statusCode, response);
            branch.Call!.End(Reasons.Of(response));
        }
    }

    /// <summary>A callee answered: the first that does gets the call, even one that was taken back.</summary>
    internal void Answered(GateBranch branch, EarlyFork fork, SipResponse response, byte[] description)
    {
        if (_isOver || _answered is not null || !branch.IsPending)
        {
            branch.End(Reasons.CompletedElsewhere);
            return;
        }

        _legs.Heard(branch.Call!, response);
        if (_asking is { } asking)
        {
            Take(branch);
            Ask(asking, fork, description, response);
        }
        else
        {
            Join(branch, fork, description);
        }
    }

    private void Join(GateBranch branch, EarlyFork fork, ReadOnlySpan<byte> description)
    {
        if (!_media.Answered(fork, description))
        {
            if (_answered is null)
            {
                Refused(branch, 488, null);
            }
            else
            {
                RefuseCaller(488, default, []);
            }

            branch.Call!.End(Reasons.IncompatibleMedia);
            return;
        }

        Take(branch);
        _watch.End();
        _setup.Journal.Answered();
        // What was agreed on in a PRACK is not said again: it could be taken for another offer (RFC 6337 §3.1.1).
        Body body = _isCallerAgreed ? Body.None : Body.Sdp(_media.DescriptionForCaller);
        _caller.Answer(body, _setup.Identity.TakeReasonLines());
        _media.EarlySession?.Over();
    }

    /// <inheritdoc/>
    public void OnAcknowledged(IncomingCall call, SipRequest ack) => _media.CallerAcknowledged(SdpBody.Of(ack));

    /// <inheritdoc/>
    public void OnEarlyAnswer(IncomingCall call, ReadOnlyMemory<byte> answer) =>
        _media.EarlySession?.Answered(answer.Span);

    /// <inheritdoc/>
    public void OnRequest(Call call, IncomingRequest request)
    {
        if (RefusedEarlySession.Answer(request, _media.Address))
        {
            return;
        }

        _isCallerAgreed |=
            request is { IsOffer: false, Request.Method: SipMethod.Prack }
            && _media.CallerAcknowledged(SdpBody.Of(request.Request));
        _legs.OnRequest(call, request);
    }

    /// <summary>Hold, transfer and the like: what the one side asks, the other is asked.</summary>
    internal void OnRequest(GateBranch branch, IncomingRequest request)
    {
        if (
            (branch != _answered || _asking?.TryHear(request) != true)
            && !RefusedEarlySession.Answer(request, _media.Address)
        )
        {
            _speaking = branch.ForkOf(TagOf(request.Request));
            _progress.Asked(_speaking, request.Request);
            _legs.OnRequest(branch.Call!, request);
        }
    }

    /// <inheritdoc/>
    public void OnReinviteAcknowledged(Call call, IncomingRequest reinvite, SipRequest ack) =>
        _legs.OnReinviteAcknowledged(call, reinvite, ack);

    /// <summary>Whoever never answers would talk for nothing (RFC 3960 §6).</summary>
    private void OnEarlyForTooLong()
    {
        _media.Close();
        _setup.Journal.GateReason += "; early for longer than allowed";
        EndAll(Reasons.EarlyForTooLong);
        RefuseCaller(480, default, [Reasons.EarlyForTooLong]);
    }

    private static ReadOnlySpan<byte> TagOf(SipRequest request) =>
        NameAddr.TryParse(request.Value(HeaderId.From), out NameAddr from) ? from.Tag : default;

    private void RefuseCaller(int statusCode, ReadOnlySpan<byte> phrase, ReadOnlySpan<HeaderField> headers)
    {
        Over("callee", statusCode);
        _caller.Refuse(statusCode, phrase, [.. headers, .. _setup.Identity.TakeReasonLines()]);
    }
}
