using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.BackToBack;

/// <summary>
/// What passes between two legs once they exist: requests within the call, session descriptions, Session-ID (RFC 7989), and the reason
/// why they end. <see cref="BackToBackCall"/> is made of it; an owner that joins its legs in a way of its own gives it what
/// their listener hears.
/// </summary>
public sealed partial class LegPair
{
    private readonly BackToBackOptions _options;
    private readonly ISessionBridge _session;
    private readonly ISessionBorder _border;
    private readonly SessionIds _ids;
    private readonly Body[] _received;

    /// <summary>A pair whose far leg is still to come.</summary>
    /// <param name="caller">The leg towards the caller, before it is progressed.</param>
    /// <param name="options">What crosses.</param>
    /// <param name="border">What descriptions within the call cross between a leg and this side; null for nothing.</param>
    public LegPair(IncomingCall caller, BackToBackOptions options, ISessionBorder? border = null)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(options);
        Caller = caller;
        _options = options;
        _border = border ?? OpenBorder.Instance;
        Body offer = SessionOf(caller.Request);
        _received = [offer, Body.None];
        _session = options.Session ?? new PassedSession(offer);
        _ids = new SessionIds(caller.Request, caller.Layer.Transactions.Lane.Random);
        caller.Standing = [_ids.For(Leg.Caller)];
    }

    /// <summary>The leg towards the caller.</summary>
    public IncomingCall Caller { get; }

    /// <summary>The leg towards the callee; of several the one that was heard of last, or called last.</summary>
    public OutgoingCall? Callee { get; private set; }

    /// <summary>The dialog whose reliable offer waits for the caller's PRACK.</summary>
    internal Dialog? Offering { get; set; }

    internal ISessionBridge Session => _session;

    /// <summary>Calls the callee: with the INVITE as it is and Session-ID.</summary>
    public OutgoingCall Invite(CallLayer calls, Invitation invitation, IOutgoingCallListener listener)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentNullException.ThrowIfNull(invitation);
        Callee = calls.Invite(invitation with { Standing = [.. invitation.Standing, _ids.For(Leg.Callee)] }, listener);
        return Callee;
    }

    /// <summary>
    /// Takes note of a response to the INVITE of a far leg, which is the callee's from now on: the caller's messages name this far end.
    /// </summary>
    public void Heard(OutgoingCall callee, SipResponse response)
    {
        ArgumentNullException.ThrowIfNull(callee);
        ArgumentNullException.ThrowIfNull(response);
        if (callee != Callee)
        {
            Callee = callee;
            _ids.Forget(Leg.Callee);
        }

        Learn(Leg.Callee, response);
        Received(Leg.Callee, SessionOf(response));
    }

    /// <summary>The Reason lines of what ended one leg, for the other (RFC 3326); where nothing came, what that stands for.</summary>
    public static HeaderField[] ReasonsFor(CallEnd end, SipMessage? message)
    {
        if (message is not null)
        {
            return OnlyReasons.Of(message);
        }

        string text = end switch
        {
            CallEnd.Lost => "Far end gone",
            CallEnd.Expired => "Session not refreshed",
            CallEnd.NotAcknowledged => "Not acknowledged",
            _ => "",
        };
        return text.Length == 0 ? [] : [new HeaderField(HeaderId.Reason, $"SIP;cause=408;text=\"{text}\"")];
    }

    /// <summary>A request within one of the two legs: passed on, answered here, or refused; each gets its answer.</summary>
    public void OnRequest(Call call, IncomingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Leg from = call == Caller ? Leg.Caller : Leg.Callee;
        Learn(from, request.Request);
        switch (request.Request.Method)
        {
            case SipMethod.Prack:
                AnswerPrack(from, request);
                break;
            case SipMethod.Invite or SipMethod.Update when request.IsOffer:
                PassOffer(from, request);
                break;
            case SipMethod.Invite:
                OfferAlone(from, request);
                break;
            case SipMethod.Update:
                // A session timer or a new Contact: each leg has its own (RFC 4028, RFC 3311 §5.2).
                request.Answer(200, default, Body.None);
                break;
            default:
                Pass(from, request);
                break;
        }
    }

    /// <summary>The ACK for a re-INVITE.</summary>
    public void OnReinviteAcknowledged(Call call, IncomingRequest reinvite, SipRequest ack)
    {
        ArgumentNullException.ThrowIfNull(reinvite);
        ArgumentNullException.ThrowIfNull(ack);
        if (reinvite.IsOffer)
        {
            return;
        }

        Leg from = call == Caller ? Leg.Caller : Leg.Callee;
        Body answer = SessionOf(ack);
        Received(from, answer);
        _border.Enter(
            call,
            answer,
            isOffer: false,
            entered =>
            {
                Body offer = entered is { } own ? _session.AnsweredAlone(from, own) : Body.None;
                if (!offer.IsEmpty && OtherOf(from) is { } other)
                {
                    Follow(other, 1 - from, offer);
                }
            }
        );
    }

    internal HeaderPolicy Towards(Leg to) => to == Leg.Caller ? _options.TowardsCaller : _options.TowardsCallee;

    /// <summary>The refusal of one leg's request as the other leg put it.</summary>
    internal void PassRefusal(Leg from, IncomingRequest request, int statusCode, SipResponse? response)
    {
        int mapped = statusCode is 408 or 503 && response is null ? 500 : _options.Responses.Of(statusCode);
        request.Answer(
            mapped,
            response is null || mapped != statusCode ? default : response.ReasonPhrase,
            Body.None,
            response is null ? [] : Towards(from).Of(response)
        );
    }

    private Call? OtherOf(Leg from) => from == Leg.Caller ? Callee : Caller;

    /// <summary>INFO, MESSAGE, REFER, NOTIFY: word for word, once the other leg is up.</summary>
    private void Pass(Leg from, IncomingRequest request)
    {
        SipMethod method = request.Request.Method;
        if (!_options.Passed.Contains(method))
        {
            Refuse(request, 403, $"{SipMethodName(request)} is not passed on here");
            return;
        }

        SipRequest message = request.Request;
        if (method == SipMethod.Refer && AttendedTransfer.IsAskedBy(message))
        {
            Refuse(request, 403, "Replaces names a dialog that the other side does not have");
            return;
        }

        var body = new Body(message.Value(HeaderId.ContentType).ToArray(), message.BodyMemory);
        bool isSent =
            OtherOf(from) is { State: CallState.Confirmed } other
            && other.Send(method, body, new PassedRequest(this, from, request), Towards(1 - from).Of(message));
        if (!isSent)
        {
            request.AnswerByDefault();
        }
    }

    private static string SipMethodName(IncomingRequest request) =>
        System.Text.Encoding.ASCII.GetString(request.Request.MethodName);

    private static void Refuse(IncomingRequest request, int statusCode, string text) =>
        request.Answer(statusCode, default, Body.None, new HeaderField(HeaderId.Warning, $"399 ringfence \"{text}\""));

    /// <summary>From now on the other leg's messages name this far end (RFC 7989).</summary>
    private void Learn(Leg from, SipMessage message)
    {
        if (!_ids.Learn(from, message))
        {
            return;
        }

        Caller.Standing = [_ids.For(Leg.Caller)];
        if (Callee is { } callee)
        {
            callee.Standing = [.. callee.Standing.Where(line => line.Id != HeaderId.SessionId), _ids.For(Leg.Callee)];
        }
    }

    internal void Received(Leg from, in Body description) =>
        _received[(int)from] = description.IsEmpty ? _received[(int)from] : description;

    /// <summary>The session description of a message, in whatever it is wrapped.</summary>
    internal static Body SessionOf(SipMessage message) =>
        Multipart.FindSdp(message, ParserLimits.Default, out ReadOnlySpan<byte> sdp).IsFault || sdp.IsEmpty
            ? Body.None
            : Body.Sdp(sdp.ToArray());

    private static HeaderPolicy OnlyReasons { get; } = new() { Crossing = [HeaderId.Reason] };
}
