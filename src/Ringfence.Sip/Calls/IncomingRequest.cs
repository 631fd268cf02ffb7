using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>A request other than the first INVITE of a call, to be answered once, now or later.</summary>
public sealed class IncomingRequest : IServerUser
{
    private readonly CallLayer _layer;
    private readonly Dialog? _dialog;
    private ServerTransaction? _transaction;
    private SessionMessage _message;
    private SessionMessage? _success;

    internal IncomingRequest(Call call, Dialog dialog, SipRequest request, in Peer from)
        : this(call.Layer, request, from)
    {
        Call = call;
        _dialog = dialog;
    }

    internal IncomingRequest(CallLayer layer, SipRequest request, in Peer from)
    {
        _layer = layer;
        Request = request;
        From = from;
    }

    /// <summary>The call whose dialog it came in; null outside any dialog.</summary>
    public Call? Call { get; }

    /// <summary>The request.</summary>
    public SipRequest Request { get; }

    /// <summary>Where it came from.</summary>
    public Peer From { get; }

    /// <summary>True when it carries an offer; the answer belongs into its 2xx.</summary>
    public bool IsOffer { get; private set; }

    /// <summary>True when it carries the offer of an early session (RFC 3959); the answer belongs into its 2xx too.</summary>
    public bool IsEarlyOffer { get; private set; }

    /// <summary>Sends a final response of 200 to 699. False when it has been answered, or can no longer be.</summary>
    /// <exception cref="ArgumentException">A 2xx lacks the answer that is due in it, or has one that is not.</exception>
    public bool Answer(
        int statusCode,
        ReadOnlySpan<byte> reasonPhrase,
        in Body body,
        params ReadOnlySpan<HeaderField> headers
    )
    {
        StatusRange.Check(statusCode, 200, 699);
        if (_transaction is not { IsFinal: false } transaction)
        {
            return false;
        }

        bool isSuccess = statusCode < 300;
        OfferStep step = default;
        if (isSuccess && _success is { } success)
        {
            step = OfferRules.Next(_dialog!.Offer, true, success, !body.Session.IsEmpty);
            EarlySessionStep early = _dialog.TakeEarly(true, success, !body.EarlyDescription.IsEmpty);
            if (!step.IsLegal || early.Fault is not (EarlySessionFault.None or EarlySessionFault.AnswerIsMissing))
            {
                string text = step.IsLegal ? EarlySessionRules.Text(early.Fault) : OfferRules.Text(step.Fault);
                throw new ArgumentException(text, nameof(body));
            }
        }

        bool isRefresh = isSuccess && Request.Method is SipMethod.Invite or SipMethod.Update;
        SipWriter writer = transaction.StartReply(statusCode, reasonPhrase);
        _layer.Headers.WriteReply(writer, Call, isRefresh, _layer.LocalFor(transaction.Peer), headers);
        if (Call is { } call)
        {
            OwnHeaders.WriteAll(writer, isRefresh ? call.Timer.Accept(Request) : []);
            OwnHeaders.WriteAll(writer, call.Standing);
        }

        transaction.SendReply(statusCode, writer.Finish(body));
        if (_success is not null)
        {
            _dialog!.Offer = isSuccess ? step.Next : OfferRules.Refused(_dialog.Offer, _message);
            if (!isSuccess)
            {
                _dialog.RefuseEarly(_message);
            }
        }

        Close(transaction, isSuccess, body);
        return true;
    }

    /// <summary>
    /// The answer of somebody who does not care: 488 to a new offer (the session goes on unchanged, RFC 3261 §14.2), 200 to
    /// UPDATE without one and to INFO without a body, 415 to INFO with one, 405 to the rest.
    /// </summary>
    public bool AnswerByDefault()
    {
        bool hasBody = !Request.Body.IsEmpty;
        int statusCode = Request.Method switch
        {
            SipMethod.Invite => 488,
            SipMethod.Update => hasBody ? 488 : 200,
            // Its body is an answer when the INVITE made no offer (RFC 3262 §5).
            SipMethod.Prack => IsOffer || IsEarlyOffer ? 488 : 200,
            SipMethod.Info => hasBody ? 415 : 200,
            _ => 405,
        };
        return statusCode == 405
            ? Answer(
                405,
                default,
                Body.None,
                new HeaderField(
                    HeaderId.Allow,
                    Call is { Allow.IsEmpty: false } call ? call.Allow : _layer.Checks.Allow
                )
            )
            : Answer(statusCode, default, Body.None);
    }

    void IServerUser.OnAck(ServerTransaction transaction, SipRequest ack) { }

    void IServerUser.OnCancel(ServerTransaction transaction, SipRequest cancel) => Answer(487, default, Body.None);

    void IServerUser.OnTerminated(ServerTransaction transaction) => _transaction = null;

    /// <summary>Gives it a transaction and hands it to whoever listens; nobody is somebody who does not care.</summary>
    internal void Offer(ICallListener? listener)
    {
        if (!TryAccept())
        {
            return;
        }

        if (Open() is > 0 and int statusCode)
        {
            Answer(statusCode, default, Body.None);
            return;
        }

        if (listener is null || Call!.State == CallState.Ended)
        {
            AnswerByDefault();
        }
        else
        {
            listener.OnRequest(Call, this);
        }
    }

    internal bool TryAccept()
    {
        _transaction = _layer.Transactions.Accept(From, Request, this);
        return _transaction is not null;
    }

    /// <summary>The status that its description earns where it is; 0 for none.</summary>
    private int Open()
    {
        switch (Request.Method)
        {
            case SipMethod.Invite:
                (_message, _success) = (SessionMessage.Invite, SessionMessage.Success);
                break;
            case SipMethod.Update:
                (_message, _success) = (SessionMessage.Update, SessionMessage.UpdateSuccess);
                break;
            case SipMethod.Prack:
                (_message, _success) = (SessionMessage.Prack, SessionMessage.PrackSuccess);
                break;
        }

        Call!.OpenReinvite = Request.Method == SipMethod.Invite ? this : Call.OpenReinvite;
        Call.OpenUpdates += Request.Method == SipMethod.Update ? 1 : 0;
        if (_success is null)
        {
            return 0;
        }

        OfferStep step = _dialog!.Take(false, _message, SessionBody.IsIn(Request));
        IsOffer = step.Role == DescriptionRole.Offer;
        EarlySessionStep early = _dialog.TakeEarly(false, _message, !SessionBody.EarlyOf(Request).IsEmpty);
        IsEarlyOffer = early.Role == DescriptionRole.Offer;
        return step.Fault is not (OfferFault.None or OfferFault.AnswerIsMissing)
            ? OfferRules.Status(step.Fault)
            : EarlySessionRules.Status(early.Fault);
    }

    private void Close(ServerTransaction transaction, bool isSuccess, in Body body)
    {
        _transaction = null;
        transaction.User = SilentUser.Instance;
        if (Call is null)
        {
            return;
        }

        Call.OpenUpdates -= Request.Method == SipMethod.Update ? 1 : 0;
        if (Request.Method == SipMethod.Invite)
        {
            Call.OpenReinvite = null;
            Call.AnsweredReinvite = isSuccess ? this : null;
            Call.Unacknowledged = isSuccess ? new UnacknowledgedAnswer(transaction, Call) : null;
        }

        if (isSuccess && Request.Method is SipMethod.Invite or SipMethod.Update)
        {
            _dialog!.Refresh(Request);
            Call.Described(body);
        }
    }
}
