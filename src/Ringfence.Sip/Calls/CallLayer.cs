using System.Text;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>
/// A lane's calls: the user agent core of RFC 3261 §8 and §13. New INVITEs go to the <see cref="ICallHandler"/>; what needs no
/// decision is answered here: OPTIONS, CANCEL, 405, 415, 416, 420, 481, 482, 483, 501.
/// </summary>
public sealed class CallLayer : ITransactionUser
{
    private const int CallIdLength = 24;
    private const int MaxRetryAfter = 10;
    private readonly ICallHandler _handler;

    /// <summary>A call layer that takes over what the transactions bring.</summary>
    public CallLayer(TransactionLayer transactions, ICallHandler handler, CallOptions options)
        : this(transactions, _ => handler ?? throw new ArgumentNullException(nameof(handler)), options) { }

    /// <summary>With a handler that needs the layer itself.</summary>
    internal CallLayer(TransactionLayer transactions, Func<CallLayer, ICallHandler> handlers, CallOptions options)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        ArgumentNullException.ThrowIfNull(options);
        Transactions = transactions;
        Options = options;
        Checks = new UasChecks(transactions, options);
        Headers = new OwnHeaders(options);
        Dialogs = new DialogTable(transactions.Hash);
        transactions.User = this;
        _handler = handlers(this);
    }

    /// <summary>The layer below.</summary>
    public TransactionLayer Transactions { get; }

    /// <summary>Calls that are not over.</summary>
    public int Count { get; private set; }

    internal CallOptions Options { get; }

    internal DialogTable Dialogs { get; }

    internal UasChecks Checks { get; }

    internal OwnHeaders Headers { get; }

    /// <summary>Begins a call. What goes wrong is told to the listener, never from within this method.</summary>
    public OutgoingCall Invite(Invitation invitation, IOutgoingCallListener listener)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        ArgumentNullException.ThrowIfNull(listener);
        var call = new OutgoingCall(this, invitation, listener);
        Count++;
        call.Begin();
        return call;
    }

    void ITransactionUser.OnRequest(in Peer from, SipRequest request)
    {
        bool isInDialog = !Tags.To(request).IsEmpty;
        if (isInDialog && request.Method != SipMethod.Cancel)
        {
            OnDialogRequest(from, request);
        }
        else if (Checks.Pass(from, request))
        {
            OnNewRequest(from, request);
        }
    }

    void ITransactionUser.OnResponse(in Peer from, SipResponse response) { }

    internal void OnCallOver() => Count--;

    /// <summary>
    /// Refuses a request whose number has been counted: by a transaction, since it would be out of order the second time. 500
    /// has Retry-After (§14.2).
    /// </summary>
    /// <param name="from">Who asked.</param>
    /// <param name="request">What.</param>
    /// <param name="statusCode">The status.</param>
    /// <param name="text">Why, for a reader; empty for nothing.</param>
    internal void RefuseOnce(in Peer from, SipRequest request, int statusCode, string text = "")
    {
        if (Transactions.Accept(from, request, SilentUser.Instance) is not { } transaction)
        {
            return;
        }

        SipWriter writer = transaction.StartReply(statusCode);
        if (statusCode == 500)
        {
            writer.Header(HeaderId.RetryAfter, Transactions.Lane.Random.Next(MaxRetryAfter + 1));
        }

        if (text.Length > 0)
        {
            writer.Header(HeaderId.Warning, Encoding.ASCII.GetBytes($"399 ringfence \"{text}\""));
        }

        Checks.WriteReasons(writer, request, statusCode, Options.Reliability);
        transaction.SendReply(statusCode, writer.Finish());
    }

    internal Peer LocalFor(in Peer to) => Transactions.Wire.TryLocal(to, out Peer local) ? local : to;

    internal byte[] NewCallId()
    {
        byte[] callId = new byte[CallIdLength];
        Transactions.Lane.FillCallId(callId);
        return callId;
    }

    /// <summary>Sends the ACK for a 2xx and returns its bytes, for when the 2xx comes again (§13.2.2.4).</summary>
    internal byte[] SendAck(Call call, Dialog dialog, uint sequence, in Body body, ReadOnlySpan<HeaderField> headers)
    {
        SipWriter writer = Transactions.Writer;
        Peer to = dialog.NextPeer;
        dialog.StartAck(writer, sequence, LocalFor(to), Token.Branch(Transactions.Lane.Random));
        OwnHeaders.WriteAll(writer, headers);
        OwnHeaders.WriteAll(writer, call.Standing);
        byte[] ack = writer.Finish(body).ToArray();
        Transactions.Wire.Send(to, ack);
        return ack;
    }

    internal void SendAgain(Dialog dialog, byte[] ack) => Transactions.Wire.Send(dialog.NextPeer, ack);

    private void OnDialogRequest(in Peer from, SipRequest request)
    {
        if (Dialogs.Find(request) is { User: { } user } dialog)
        {
            if (
                request.Method == SipMethod.Ack
                || Checks.PassInDialog(from, request, user is Call { TakesEarlySession: true })
            )
            {
                user.OnRequest(dialog, from, request);
            }
        }
        else if (request.Method != SipMethod.Ack)
        {
            Transactions.Refuse(from, request, 481);
        }
    }

    private void OnNewRequest(in Peer from, SipRequest request)
    {
        switch (request.Method)
        {
            case SipMethod.Options:
                AnswerOptions(from, request);
                break;
            case SipMethod.Invite when Count >= Options.MaxCalls:
                Transactions.RefuseBusy(from, request);
                break;
            case SipMethod.Invite:
                BeginCall(from, request);
                break;
            default:
                var incoming = new IncomingRequest(this, request, from);
                if (incoming.TryAccept())
                {
                    _handler.OnRequest(incoming);
                }

                break;
        }
    }

    private void BeginCall(in Peer from, SipRequest request)
    {
        bool isMerged = Transactions.Table.HasTwin(request);
        var call = new IncomingCall(this, request, from);
        if (Transactions.Accept(from, request, call) is { } invite)
        {
            Count++;
            call.Begin(invite, isMerged);
            _handler.OnInvite(call);
        }
    }

    private void AnswerOptions(in Peer from, SipRequest request)
    {
        SipWriter writer = Transactions.StartReply(from, request, 200);
        Headers.WriteReply(writer, null, true, LocalFor(from), default);
        writer.Header(HeaderId.Accept, Checks.Accept.Span);
        Transactions.SendReply(from, request, writer.Finish());
    }
}
