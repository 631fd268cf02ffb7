using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>A request of ours within a dialog and what becomes of it (RFC 3261 §12.2.1).</summary>
internal sealed class OutgoingRequest(Call call, Dialog dialog, SipMethod method, IRequestListener? listener)
    : IClientUser
{
    private uint _sequence;
    private byte[]? _ack;

    internal void Send(in Body body, ReadOnlySpan<HeaderField> headers)
    {
        TransactionLayer transactions = call.Layer.Transactions;
        SipWriter writer = transactions.Writer;
        Peer to = dialog.NextPeer;
        Peer local = call.Layer.LocalFor(to);
        var branch = Token.Branch(transactions.Lane.Random);
        _sequence = dialog.StartRequest(writer, method, local, branch);
        call.Layer.Headers.WriteRequest(writer, method, local, headers);
        transactions.Send(to, method, branch, writer.Finish(body.ContentType.Span, body.Content.Span), this);
    }

    void IClientUser.OnResponse(ClientTransaction transaction, SipResponse response)
    {
        if (response.IsProvisional)
        {
            return;
        }

        bool isSuccess = response.StatusCode < 300;
        if (isSuccess && method == SipMethod.Invite)
        {
            if (_ack is not null)
            {
                call.Layer.SendAgain(dialog, _ack);
                return;
            }

            _ack = call.Layer.SendAck(dialog, _sequence, Body.None, default);
        }

        if (isSuccess && method is SipMethod.Invite or SipMethod.Update)
        {
            dialog.Refresh(response);
        }

        Complete(response.StatusCode, response);
    }

    void IClientUser.OnFailure(ClientTransaction transaction, int statusCode) => Complete(statusCode, null);

    void IClientUser.OnTerminated(ClientTransaction transaction) { }

    private void Complete(int statusCode, SipResponse? response)
    {
        if (method == SipMethod.Bye)
        {
            call.OnByeCompleted(dialog);
            return;
        }

        if (method is SipMethod.Invite or SipMethod.Update && dialog.Offer == OfferState.Ours)
        {
            dialog.Offer = OfferState.Settled;
        }

        call.OnRequestCompleted(method);
        listener?.OnCompleted(call, method, statusCode, response);
        call.OnRequestAnswered(statusCode);
    }
}
