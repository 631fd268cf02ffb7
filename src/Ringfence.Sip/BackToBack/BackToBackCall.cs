using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.BackToBack;

/// <summary>
/// Two legs as one call (a B2BUA, RFC 7092): what one side asks, the other is asked, and whatever ends one leg ends the other: BYE, CANCEL,
/// refusals, time-outs, a far end that is gone. Reliable responses, UPDATE and session timers are each leg's own: where one leg lacks
/// them, the other need not.
/// </summary>
public sealed partial class BackToBackCall : IIncomingCallListener, IOutgoingCallListener
{
    private readonly CallLayer _calls;
    private readonly BackToBackOptions _options;
    private readonly IBackToBackListener _owner;
    private readonly LegPair _legs;
    private bool _hasRung;
    private bool _isAnswered;
    private bool _isOver;

    /// <summary>
    /// Takes a call over. Whoever makes it may answer provisionally before <see cref="Begin()"/>; from here on the call's listener is
    /// this.
    /// </summary>
    /// <param name="calls">Where the far leg is made: the layer of the call's lane.</param>
    /// <param name="caller">The call.</param>
    /// <param name="options">What crosses.</param>
    /// <param name="owner">Says where the call goes and hears of it.</param>
    public BackToBackCall(CallLayer calls, IncomingCall caller, BackToBackOptions options, IBackToBackListener owner)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(owner);
        _calls = calls;
        _options = options;
        _owner = owner;
        _legs = new LegPair(caller, options);
        caller.Listener = this;
    }

    /// <summary>The leg towards the caller.</summary>
    public IncomingCall Caller => _legs.Caller;

    /// <summary>The leg towards the callee; the last one where several targets were tried.</summary>
    public OutgoingCall? Callee => _legs.Callee;

    /// <summary>Joins a call with the first target that takes it.</summary>
    /// <param name="calls">The layer of the call's lane.</param>
    /// <param name="caller">The call.</param>
    /// <param name="options">What crosses.</param>
    /// <param name="targets">Where it goes, in turn; <see cref="FarInvite.Of"/> makes them.</param>
    public static BackToBackCall Begin(
        CallLayer calls,
        IncomingCall caller,
        BackToBackOptions options,
        params Invitation[] targets
    )
    {
        var call = new BackToBackCall(calls, caller, options, new TargetList(targets));
        call.Begin();
        return call;
    }

    /// <summary>Calls the first target. Without one the caller is refused with 480.</summary>
    public void Begin()
    {
        if (!_isOver && Caller.Serve() && !TryNext())
        {
            RefuseCaller(480, default, [], CallEnd.Refused, null);
        }
    }

    /// <summary>Ends both legs. False when they are ending already.</summary>
    /// <param name="headers">Further header lines, such as Reason.</param>
    public bool End(params ReadOnlySpan<HeaderField> headers)
    {
        if (_isOver)
        {
            return false;
        }

        Over(null, CallEnd.ByeSent, Caller.State < CallState.Answered ? 480 : 0);
        Callee?.End(headers);
        Caller.End(headers);
        return true;
    }

    /// <summary>Refuses the caller and takes back what was asked of the callee. False when the call is answered or over.</summary>
    /// <param name="statusCode">400 to 699.</param>
    /// <param name="reasonPhrase">The phrase; empty for the one of the RFC.</param>
    /// <param name="headers">Further header lines; the callee gets the Reason among them.</param>
    public bool Refuse(int statusCode, ReadOnlySpan<byte> reasonPhrase, params ReadOnlySpan<HeaderField> headers)
    {
        if (_isOver || _isAnswered)
        {
            return false;
        }

        Callee?.End(headers);
        RefuseCaller(statusCode, reasonPhrase, headers, CallEnd.Refused, null);
        return true;
    }

    /// <summary>
    /// Passes a provisional response of the callee on: one that nobody knows as 183 (RFC 3261 §8.1.3.2), one that ends a fork not at all,
    /// for the caller has one dialog with this side.
    /// </summary>
    public void PassProgress(Dialog dialog, SipResponse response)
    {
        ArgumentNullException.ThrowIfNull(dialog);
        ArgumentNullException.ThrowIfNull(response);
        if (response.StatusCode == 199)
        {
            return;
        }

        Body description = LegPair.SessionOf(response);
        bool isOffer = dialog.Offer is { Open: OpenOffer.Reliable, IsOurs: false };
        _legs.Offering = isOffer ? dialog : _legs.Offering;
        Body? crossing =
            description.IsEmpty ? Body.None
            : isOffer ? _legs.Session.Offer(Leg.Callee, description)
            : _legs.Session.Answer(Leg.Callee, description);
        int statusCode = response.StatusCode is >= 180 and <= 183 ? response.StatusCode : 183;
        Caller.Progress(
            statusCode,
            statusCode == response.StatusCode ? response.ReasonPhrase : default,
            crossing ?? Body.None,
            [.. _options.TowardsCaller.Of(response), .. _owner.HeadersForCaller(this, statusCode)]
        );
    }

    void IOutgoingCallListener.OnProgress(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        _hasRung = true;
        _legs.Heard(call, response);
        if (!_isOver)
        {
            _owner.OnProgress(this, dialog, response);
        }
    }

    void IOutgoingCallListener.OnAnswered(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        _legs.Heard(call, response);
        Body description = LegPair.SessionOf(response);
        // An answer that came reliably before need not be said again (RFC 6337 §3.1.1), but the other leg may not know it.
        description =
            description.IsEmpty && !dialog.RemoteDescription.IsEmpty ? Body.Sdp(dialog.RemoteDescription) : description;
        Body? crossing = call.Invitation.Body.IsEmpty
            ? _legs.Session.Offer(Leg.Callee, description)
            : _legs.Session.Answer(Leg.Callee, description);
        if (crossing is not { } body)
        {
            call.End(Incompatible);
            RefuseCaller(488, default, [], CallEnd.Refused, null);
            return;
        }

        if (Caller.Answer(body, [.. _options.TowardsCaller.Of(response), .. _owner.HeadersForCaller(this, 200)]))
        {
            _isAnswered = true;
            _owner.OnAnswered(this);
        }
        else
        {
            call.End();
        }
    }

    void IIncomingCallListener.OnAcknowledged(IncomingCall call, SipRequest ack)
    {
        if (!call.Request.Body.IsEmpty)
        {
            return;
        }

        Body answer = LegPair.SessionOf(ack);
        Body crossing = _legs.Session.Answer(Leg.Caller, answer) ?? Body.None;
        _legs.Received(Leg.Caller, answer);
        Callee?.Acknowledge(crossing);
    }

    void ICallListener.OnRequest(Call call, IncomingRequest request) => _legs.OnRequest(call, request);

    void ICallListener.OnReinviteAcknowledged(Call call, IncomingRequest reinvite, SipRequest ack) =>
        _legs.OnReinviteAcknowledged(call, reinvite, ack);

    void IOutgoingCallListener.OnRefused(OutgoingCall call, int statusCode, SipResponse? response)
    {
        // 6xx speaks for the callee everywhere (RFC 3261 §16.7 step 5): no further target is tried.
        if (_isOver || (statusCode < 600 && TryNext()))
        {
            return;
        }

        int mapped = _options.Responses.Of(statusCode, response is null, _hasRung);
        RefuseCaller(
            mapped,
            response is null || mapped != statusCode ? default : response.ReasonPhrase,
            response is null ? [] : _options.TowardsCaller.Of(response),
            CallEnd.Refused,
            Leg.Callee
        );
    }

    private bool TryNext()
    {
        if (_owner.NextTarget(this) is not { } invitation)
        {
            return false;
        }

        _hasRung = false;
        _legs.Invite(_calls, invitation, this);
        return true;
    }
}
