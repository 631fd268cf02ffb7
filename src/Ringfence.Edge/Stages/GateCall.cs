using Ringfence.Edge.Challenge;
using Ringfence.Edge.Evidence;
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
internal sealed class GateCall : IIncomingCallListener, IOutgoingCallListener
{
    private readonly IncomingCall _caller;
    private readonly GateSetup _setup;
    private readonly GateMedia _media;
    private readonly ProxyTarget[] _targets;
    private readonly LegPair _legs;
    private OutgoingCall? _callee;
    private int _next;
    private bool _isRinging;
    private bool _isOver;

    private GateCall(IncomingCall caller, GateSetup setup, GateMedia media, ProxyTarget[] targets)
    {
        _caller = caller;
        _setup = setup;
        _media = media;
        _targets = targets;
        _legs = GateLegs.Pair(caller, setup, media.Session);
    }

    /// <param name="caller">The call.</param>
    /// <param name="setup">What it is begun with.</param>
    /// <param name="targets">Where it may go, at least one.</param>
    /// <param name="audio">What a challenge has opened before, its 183 included; null for nothing.</param>
    internal static void Begin(IncomingCall caller, GateSetup setup, ProxyTarget[] targets, CallerAudio? audio = null)
    {
        setup.Journal.Mode("gate");
        int statusCode = 0;
        GateMedia? media = audio is null
            ? GateMedia.Open(caller, setup, out statusCode)
            : GateMedia.Continue(audio, setup);
        if (media is null)
        {
            Refusing.Refuse(caller, statusCode, setup.Services, setup.Journal);
            return;
        }

        var gate = new GateCall(caller, setup, media, targets);
        caller.Listener = gate;
        if (!caller.Serve())
        {
            return;
        }

        if (audio is null && media.AnswerToCaller is { IsEmpty: false } answer)
        {
            caller.Progress(183, default, Body.Sdp(answer), setup.Identity.TakeReasonLines());
            setup.Journal.Progressed(hasMedia: true);
        }

        gate.CallNext();
    }

    /// <inheritdoc/>
    public void OnProgress(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        _isRinging = true;
        _legs.Heard(response);
        ReadOnlySpan<byte> description = SdpBody.Of(response);
        if (!description.IsEmpty)
        {
            _media.CalleeDescribed(description, isAnswer: false);
        }
    }

    /// <inheritdoc/>
    public void OnAnswered(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        _legs.Heard(response);
        ReadOnlySpan<byte> description = SdpBody.Of(response);
        description = description.IsEmpty ? dialog.RemoteDescription.Span : description;
        if (!_media.CalleeDescribed(description, isAnswer: true))
        {
            call.End(Reasons.IncompatibleMedia);
            RefuseCaller(488, default, []);
            return;
        }

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
        // 6xx speaks for the callee everywhere (RFC 3261 §16.7 step 5): no further target is tried.
        if (statusCode < 600 && _next < _targets.Length && !_isOver)
        {
            CallNext();
            return;
        }

        RefuseCaller(
            StatusForCaller(statusCode, response),
            response is null ? default : response.ReasonPhrase,
            Reasons.Of(response)
        );
    }

    /// <summary>Hold, transfer and the like: what the one side asks, the other is asked.</summary>
    public void OnRequest(Call call, IncomingRequest request) => _legs.OnRequest(call, request);

    /// <inheritdoc/>
    public void OnReinviteAcknowledged(Call call, IncomingRequest reinvite, SipRequest ack) =>
        _legs.OnReinviteAcknowledged(call, reinvite, ack);

    /// <inheritdoc/>
    public void OnEnded(Call call, CallEnd end, SipMessage? message)
    {
        if (call is IncomingCall)
        {
            Over(
                end is CallEnd.Cancelled or CallEnd.ByeReceived ? "caller" : "edge",
                end == CallEnd.Cancelled ? 487 : 0
            );
            _callee?.End(LegPair.ReasonsFor(end, message));
        }
        else if (call == _callee && end is not (CallEnd.Refused or CallEnd.NotAnswered or CallEnd.GivenUp))
        {
            if (end == CallEnd.ByeReceived && TalkingCalls.IsUnwanted(message))
            {
                _setup.Journal.Unwanted(ReportChannel.MidCall);
            }

            Over(end == CallEnd.ByeReceived ? "callee" : "edge", 0);
            _caller.End(LegPair.ReasonsFor(end, message));
        }
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

    private void Over(string endedBy, int statusCode)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        _media.Close();
        if (statusCode > 0)
        {
            _setup.Journal.Refused(statusCode);
        }

        _setup.Journal.Close(endedBy);
    }
}
