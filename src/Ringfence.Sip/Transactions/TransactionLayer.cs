using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Transactions;

/// <summary>A lane's transactions (RFC 3261 §17, RFC 6026): what stands between the transports and the calls.</summary>
public sealed class TransactionLayer : IMessageSink
{
    private readonly KeyedHash _hash;
    private readonly TransactionLimits _limits;
    private long _retransmissions;
    private long _repeats;

    /// <summary>An empty layer.</summary>
    /// <param name="lane">The lane that everything runs on.</param>
    /// <param name="wire">Where messages leave.</param>
    /// <param name="timers">The timer values.</param>
    /// <param name="limits">What is kept at most.</param>
    public TransactionLayer(Lane lane, IWire wire, SipTimers timers, TransactionLimits limits)
    {
        ArgumentNullException.ThrowIfNull(lane);
        ArgumentNullException.ThrowIfNull(wire);
        ArgumentNullException.ThrowIfNull(timers);
        ArgumentNullException.ThrowIfNull(limits);
        Lane = lane;
        Wire = wire;
        Timers = timers;
        _limits = limits;
        _hash = KeyedHash.From(lane.Random);
        Table = new ServerTable(_hash);
        Clients = new ClientTable(_hash);
    }

    /// <summary>The lane that everything runs on.</summary>
    public Lane Lane { get; }

    /// <summary>Transactions that are alive, lingering ones included.</summary>
    public int Count => Table.Count + Clients.Count;

    /// <summary>
    /// Messages sent again because nothing came back: requests, responses without an ACK, provisional ones without a PRACK. From any
    /// thread.
    /// </summary>
    public long Retransmissions => Volatile.Read(ref _retransmissions);

    /// <summary>Requests of peers that came again, as UDP and impatience have it. From any thread.</summary>
    public long Repeats => Volatile.Read(ref _repeats);

    internal IWire Wire { get; }

    internal SipTimers Timers { get; }

    internal BytePool Pool { get; } = new();

    /// <summary>The lane's one writer: what is written is sent before anything else is written.</summary>
    internal SipWriter Writer { get; } = new();

    internal ServerTable Table { get; }

    internal ClientTable Clients { get; }

    /// <summary>Keyed hashing for whoever else stores what peers choose.</summary>
    internal ref readonly KeyedHash Hash => ref _hash;

    /// <summary>The core; set by the layer above.</summary>
    internal ITransactionUser? User { get; set; }

    /// <inheritdoc/>
    public void OnMessage(in Peer from, in ParseResult message)
    {
        switch (message.Message)
        {
            case SipRequest request when message.Malformed.IsFault:
                RefuseMalformed(from, request, message.Malformed);
                break;
            case SipRequest request:
                OnRequest(from, request);
                break;
            case SipResponse response when !message.Malformed.IsFault:
                OnResponse(from, response);
                break;
        }
    }

    /// <inheritdoc/>
    public void OnTransportError(in Peer to)
    {
        while (Clients.FindFailing(to) is { } transaction)
        {
            transaction.OnTransportError();
        }
    }

    /// <summary>
    /// Gives a request a transaction. Null when there is no room: then the request has been answered 503 with Retry-After.
    /// </summary>
    internal ServerTransaction? Accept(in Peer from, SipRequest request, IServerUser user, bool tryingAtOnce = false)
    {
        if (Count >= _limits.Transactions || !TopVia.TryRead(request, out Via via))
        {
            RefuseBusy(from, request);
            return null;
        }

        var transaction = new ServerTransaction(this, from, request, via, user);
        Table.Add(transaction);
        transaction.Begin(tryingAtOnce);
        return transaction;
    }

    /// <summary>Sends a request by a transaction of its own; its topmost Via has the branch.</summary>
    internal ClientTransaction Send(
        in Peer to,
        SipMethod method,
        in Token branch,
        ReadOnlySpan<byte> request,
        IClientUser? user
    )
    {
        var transaction = new ClientTransaction(this, to, method, branch, user);
        Clients.Add(transaction);
        transaction.Begin(request);
        return transaction;
    }

    /// <summary>Answers a request without a transaction (§8.2.7): the same request gets the same To tag each time.</summary>
    internal void Refuse(in Peer from, SipRequest request, int statusCode, ReadOnlySpan<byte> reasonPhrase = default) =>
        SendReply(from, request, StartReply(from, request, statusCode, reasonPhrase).Finish());

    /// <summary>503 with Retry-After (§21.5.4), without a transaction.</summary>
    internal void RefuseBusy(in Peer from, SipRequest request)
    {
        SipWriter writer = StartReply(from, request, 503);
        writer.Header(HeaderId.RetryAfter, _limits.RetryAfter);
        SendReply(from, request, writer.Finish());
    }

    internal SipWriter StartReply(
        in Peer from,
        SipRequest request,
        int statusCode,
        ReadOnlySpan<byte> reasonPhrase = default
    )
    {
        Token tag = default;
        tag.Append(_hash.Of(TopVia.Item(request), _hash.Of(request.Value(HeaderId.CallId))));
        Reply.Start(Writer, request, from, statusCode, reasonPhrase, tag.Span);
        return Writer;
    }

    internal void SendReply(in Peer from, SipRequest request, ReadOnlySpan<byte> reply)
    {
        Peer to = ReplyRoute.For(from, request);
        if (Wire.Send(to, reply) != SendOutcome.Sent && ReplyRoute.CanReopen(to))
        {
            Wire.Send(ReplyRoute.Reopened(from, request), reply);
        }
    }

    internal void Retransmitted(bool isAgain) => _retransmissions += isAgain ? 1 : 0;

    internal void Repeated() => _repeats++;

    private void OnRequest(in Peer from, SipRequest request)
    {
        if (!TopVia.TryRead(request, out Via via))
        {
            return;
        }

        ServerTransaction? transaction = Table.Find(request, new ViaId(request, via));
        if (transaction is null)
        {
            OnNewRequest(from, request);
        }
        else if (request.Method == SipMethod.Ack)
        {
            transaction.OnAck(request);
        }
        else if (request.Method == SipMethod.Cancel)
        {
            Reply.Start(Writer, request, from, 200, default, transaction.LocalTag);
            SendReply(from, request, Writer.Finish());
            transaction.OnCancel(request);
        }
        else
        {
            transaction.OnRequestAgain();
        }
    }

    /// <summary>Only what begins something new is looked at in full: the rest is matched, and repeats what was looked at.</summary>
    private void OnNewRequest(in Peer from, SipRequest request)
    {
        Malformed malformed = MessageCheck.Check(request, ParserLimits.Default);
        if (malformed.IsFault)
        {
            RefuseMalformed(from, request, malformed);
        }
        else
        {
            User?.OnRequest(from, request);
        }
    }

    private void OnResponse(in Peer from, SipResponse response)
    {
        if (
            !TopVia.TryRead(response, out Via via)
            || !CSeqValue.TryParse(response.Value(HeaderId.CSeq), out _, out ReadOnlySpan<byte> method)
        )
        {
            return;
        }

        if (Clients.Find(via.Branch, method) is { } transaction)
        {
            transaction.OnResponse(response);
        }
        else
        {
            User?.OnResponse(from, response);
        }
    }

    private void RefuseMalformed(in Peer from, SipRequest request, in Malformed malformed)
    {
        if (malformed.StatusCode != 0 && request.Method != SipMethod.Ack && request.Has(HeaderId.Via))
        {
            Refuse(from, request, malformed.StatusCode, malformed.ReasonPhrase);
        }
    }
}
