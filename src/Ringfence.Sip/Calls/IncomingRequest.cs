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

    /// <summary>Sends a final response of 200 to 699. False when it has been answered, or can no longer be.</summary>
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

        bool isInvite = Request.Method == SipMethod.Invite;
        bool isSuccess = statusCode < 300;
        SipWriter writer = transaction.StartReply(statusCode, reasonPhrase);
        _layer.Headers.WriteReply(writer, isInvite && isSuccess, _layer.LocalFor(transaction.Peer), headers);
        transaction.SendReply(statusCode, writer.Finish(body.ContentType.Span, body.Content.Span));
        Close(transaction, isInvite, isSuccess);
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
            SipMethod.Prack => hasBody && Call is IncomingCall { Request.Body.IsEmpty: false } ? 488 : 200,
            SipMethod.Info => hasBody ? 415 : 200,
            _ => 405,
        };
        return statusCode == 405
            ? Answer(405, default, Body.None, new HeaderField(HeaderId.Allow, _layer.Checks.Allow))
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

        Open();

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

    private bool IsOffer => !Request.Body.IsEmpty && Request.Method is (SipMethod.Invite or SipMethod.Update);

    private void Open()
    {
        Call!.OpenReinvite = Request.Method == SipMethod.Invite ? this : Call.OpenReinvite;
        Call.OpenUpdates += Request.Method == SipMethod.Update ? 1 : 0;
        _dialog!.Offer = IsOffer ? OfferState.Theirs : _dialog.Offer;
    }

    private void Close(ServerTransaction transaction, bool isInvite, bool isSuccess)
    {
        _transaction = null;
        transaction.User = SilentUser.Instance;
        if (Call is null)
        {
            return;
        }

        Call.OpenUpdates -= Request.Method == SipMethod.Update ? 1 : 0;
        if (IsOffer && _dialog!.Offer == OfferState.Theirs)
        {
            _dialog.Offer = OfferState.Settled;
        }

        if (isInvite)
        {
            Call.OpenReinvite = null;
            Call.Unacknowledged = isSuccess ? new UnacknowledgedAnswer(transaction, Call) : null;
        }

        if (isSuccess && Request.Method is SipMethod.Invite or SipMethod.Update)
        {
            _dialog!.Refresh(Request);
        }
    }
}
