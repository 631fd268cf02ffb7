using Ringfence.Edge.Challenge;
using Ringfence.Edge.Gate;
using Ringfence.Screening.Reputation;
using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Stages;

/// <summary>
/// Progress through the gate: two legs as one call. The caller gets 183 with SDP and hears ringback at once; the callee is
/// called meanwhile; media is relayed. Whatever ends one leg ends the other.
/// </summary>
internal sealed partial class GateCall : IIncomingCallListener, IOutgoingCallListener
{
    private readonly IncomingCall _caller;
    private readonly GateSetup _setup;
    private readonly IGateMedia _media;
    private readonly GateProgress _progress;
    private readonly EarlyWatch _watch;
    private ProxyTarget[] _targets;
    private readonly LegPair _legs;
    private OutgoingCall? _callee;
    private int _next;
    private bool _isRinging;
    private bool _isOver;

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
        _targets = targets;
        _media = media;
        _asking = asking;
        _legs = GateLegs.Pair(caller, setup, media.Session);
        _watch = watch;
        watch.Exceeded = OnEarlyForTooLong;
        _progress = new GateProgress(caller, setup, media, hasMedia, watch);
        Array.ForEach(targets, target => setup.Redirections?.Visit(target.RequestUri));
    }

    /// <inheritdoc/>
    public void OnProgress(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        _isRinging = true;
        _legs.Heard(response);
        if (_progress.Progressed(dialog, response) is > 0 and int statusCode)
        {
            // Refused in all but name: the announcement is over before the release comes.
            call.End(Reasons.Of(response));
            Refused(statusCode, response);
        }
    }

    /// <inheritdoc/>
    public void OnAnswered(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        _legs.Heard(response);
        ReadOnlySpan<byte> description = SdpBody.Of(response);
        description = description.IsEmpty ? dialog.RemoteDescription.Span : description;
        string fork = _progress.ForkOf(dialog);
        if (_asking is { } asking)
        {
            Ask(asking, fork, description, response);
        }
        else
        {
            Join(call, fork, description);
        }
    }

    private void Join(OutgoingCall call, string fork, ReadOnlySpan<byte> description)
    {
        if (!_media.Answered(fork, description))
        {
            call.End(Reasons.IncompatibleMedia);
            RefuseCaller(488, default, []);
            return;
        }

        _watch.End();
        _setup.Journal.Answered();
        _caller.Answer(Body.Sdp(_media.DescriptionForCaller), _setup.Identity.TakeReasonLines());
    }

    /// <inheritdoc/>
    public void OnAcknowledged(IncomingCall call, SipRequest ack) => _media.CallerAcknowledged(SdpBody.Of(ack));

    /// <inheritdoc/>
    public void OnRefused(OutgoingCall call, int statusCode, SipResponse? response)
    {
        if (statusCode == 607)
        {
            _setup.Journal.Unwanted(ReportChannel.BeforeAnswer);
        }

        _setup.Services.Cards?.Look(response, _setup.Journal.Id);
        if (!TryRedirect(response))
        {
            Refused(statusCode, response);
        }
    }

    private void Refused(int statusCode, SipResponse? response)
    {
        bool isBusy = _setup.Trunk.Configuration.TreatGlobalAsBusy && statusCode >= 600;
        // 6xx speaks for the callee everywhere (RFC 3261 §16.7 step 5): no further target is tried.
        if ((statusCode < 600 || isBusy) && _next < _targets.Length && !_isOver)
        {
            _progress.NextTarget();
            CallNext();
            return;
        }

        if (isBusy)
        {
            RefuseCaller(486, default, Reasons.Of(response));
            return;
        }

        RefuseCaller(
            StatusForCaller(statusCode, response),
            response is null || response.StatusCode < 200 ? default : response.ReasonPhrase,
            CauseReason.Of(statusCode, response, _setup.Trunk.Configuration.Early)
        );
    }

    /// <summary>Hold, transfer and the like: what the one side asks, the other is asked.</summary>
    public void OnRequest(Call call, IncomingRequest request)
    {
        if (call != _callee || _asking?.TryHear(request) != true)
        {
            _legs.OnRequest(call, request);
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
        _callee?.End(Reasons.EarlyForTooLong);
        RefuseCaller(480, default, [Reasons.EarlyForTooLong]);
    }

    private void CallNext()
    {
        ProxyTarget target = _targets[_next++];
        _isRinging = false;
        _callee = _legs.Invite(
            _setup.Calls,
            FarLeg.Invitation(_caller, _setup, target, _media.OfferToCallee(target.Destination)),
            this
        );
    }

    private int StatusForCaller(int statusCode, SipResponse? response) =>
        ResponseMap.Default.Of(statusCode, response is null, _isRinging);

    private void RefuseCaller(int statusCode, ReadOnlySpan<byte> phrase, ReadOnlySpan<HeaderField> headers)
    {
        Over("callee", statusCode);
        _caller.Refuse(statusCode, phrase, [.. headers, .. _setup.Identity.TakeReasonLines()]);
    }
}
