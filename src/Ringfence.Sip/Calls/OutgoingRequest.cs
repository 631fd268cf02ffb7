using Ringfence.Sip.Auth;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>A request of ours within a dialog and what becomes of it (RFC 3261 §12.2.1).</summary>
internal sealed class OutgoingRequest(Call call, Dialog dialog, SipMethod method, IRequestListener? listener)
    : IClientUser
{
    private readonly DigestExchange? _digest = call.Credentials is { } client ? new DigestExchange(client) : null;
    private HeaderField[] _headers = [];
    private Body _body;
    private uint _sequence;
    private byte[]? _ack;

    internal void Send(in Body body, ReadOnlySpan<HeaderField> headers)
    {
        _body = body;
        _headers = _digest is null ? [] : headers.ToArray();
        DigestHeader credentials = default;
        _digest?.TryBegin(
            dialog.NextPeer,
            SipMethods.Name(method),
            dialog.RequestUri,
            body.Content.Span,
            out credentials
        );
        Transmit(headers, credentials);
    }

    void IClientUser.OnResponse(ClientTransaction transaction, SipResponse response)
    {
        if (response.IsProvisional || (response.StatusCode is 401 or 407 && TryAuthorize(transaction.Peer, response)))
        {
            return;
        }

        if (response.StatusCode < 300)
        {
            Succeed(response);
        }
        else
        {
            Complete(response.StatusCode, response);
        }
    }

    void IClientUser.OnFailure(ClientTransaction transaction, int statusCode) => Complete(statusCode, null);

    void IClientUser.OnTerminated(ClientTransaction transaction) { }

    private void Transmit(ReadOnlySpan<HeaderField> headers, in DigestHeader credentials)
    {
        TransactionLayer transactions = call.Layer.Transactions;
        SipWriter writer = transactions.Writer;
        Peer to = dialog.NextPeer;
        Peer local = call.Layer.LocalFor(to);
        var branch = Token.Branch(transactions.Lane.Random);
        _sequence = dialog.StartRequest(writer, method, local, branch);
        call.Layer.Headers.WriteRequest(writer, call, method, local, headers);
        OwnHeaders.WriteAll(writer, call.Standing);
        if (!credentials.Value.IsEmpty)
        {
            writer.Header(credentials.Id, credentials.Value.Span);
        }

        transactions.Send(to, method, branch, writer.Finish(_body), this);
    }

    /// <summary>Once more with credentials, where there are any for this challenge (§22.2).</summary>
    private bool TryAuthorize(in Peer from, SipResponse challenge)
    {
        bool isAnswered =
            _digest is not null
            && _digest.TryAnswer(
                from,
                challenge,
                SipMethods.Name(method),
                dialog.RequestUri,
                _body.Content.Span,
                out DigestHeader credentials
            )
            && Again(credentials);
        return isAnswered;
    }

    private bool Again(in DigestHeader credentials)
    {
        Transmit(_headers, credentials);
        return true;
    }

    private void Succeed(SipResponse response)
    {
        if (method == SipMethod.Invite)
        {
            if (_ack is not null)
            {
                call.Layer.SendAgain(dialog, _ack);
                return;
            }

            OfferStep step = dialog.Take(false, SessionMessage.Success, SessionBody.IsIn(response));
            Body answer =
                step.Role == DescriptionRole.Offer && listener is not null
                    ? listener.OnOffered(call, response)
                    : Body.None;
            dialog.Take(true, SessionMessage.Ack, !answer.IsEmpty);
            call.Described(answer);
            _ack = call.Layer.SendAck(call, dialog, _sequence, answer, default);
        }

        if (method is SipMethod.Invite or SipMethod.Update)
        {
            dialog.Refresh(response);
            call.Timer.Take(response);
            call.Described(_body);
        }

        if (method is SipMethod.Update or SipMethod.Prack)
        {
            SessionMessage success =
                method == SipMethod.Update ? SessionMessage.UpdateSuccess : SessionMessage.PrackSuccess;
            dialog.Take(false, success, SessionBody.IsIn(response));
            dialog.TakeEarly(false, success, !SessionBody.EarlyOf(response).IsEmpty);
        }

        Complete(response.StatusCode, response);
    }

    private void Complete(int statusCode, SipResponse? response)
    {
        if (method == SipMethod.Bye)
        {
            call.OnByeCompleted(dialog);
            return;
        }

        if (statusCode >= 300 && method is SipMethod.Invite or SipMethod.Update or SipMethod.Prack)
        {
            dialog.Offer = OfferRules.Refused(
                dialog.Offer,
                method == SipMethod.Invite ? SessionMessage.Invite
                    : method == SipMethod.Update ? SessionMessage.Update
                    : SessionMessage.Prack
            );
        }

        call.OnRequestCompleted(method);
        listener?.OnCompleted(call, method, statusCode, response);
        call.OnRequestAnswered(statusCode);
    }
}
