using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Transactions;

/// <summary>
/// What the four machines have in common: the state, the last message sent, and one timer. The table says what is to be done;
/// here it is done. No two timers of a transaction run apart: the retransmission timer ends at the deadline of the time-out.
/// </summary>
internal abstract class Transaction : TimerEntry
{
    private Clock _clock;
    private int _interval;
    private long _deadline;
    private byte[]? _last;
    private int _lastLength;

    private protected Transaction(TransactionLayer layer, in Peer peer, SipMethod method, TransactionState first)
    {
        Layer = layer;
        Peer = peer;
        Method = method;
        State = first;
    }

    private enum Clock : byte
    {
        Retransmit,
        Linger,
        Trying,
        Failed,
    }

    internal TransactionLayer Layer { get; }

    internal TransactionState State { get; private set; }

    /// <summary>Where its messages go.</summary>
    internal Peer Peer { get; private protected set; }

    internal SipMethod Method { get; }

    internal bool IsInvite => Method == SipMethod.Invite;

    /// <summary>The last message sent; empty before the first and once it is no longer needed.</summary>
    internal ReadOnlySpan<byte> Last => _last.AsSpan(0, _lastLength);

    private protected SipTimers Timers => Layer.Timers;

    private protected abstract Transition Cell(TransactionEvent happened);

    /// <summary>Timers D, I, J, K, L and M as the state has them, in milliseconds.</summary>
    private protected abstract int Linger { get; }

    /// <summary>The interval after this one: doubled, with or without the cap T2.</summary>
    private protected abstract int NextInterval(int interval);

    private protected abstract void Deliver(SipMessage message);

    private protected abstract void ReportTimeout();

    private protected abstract void ReportError();

    private protected abstract void ReportTerminated();

    private protected abstract void Acknowledge(SipMessage response);

    /// <summary>Takes the transaction out of the tables.</summary>
    private protected abstract void Forget();

    private protected virtual void SendTrying() { }

    private protected void Step(
        TransactionEvent happened,
        ReadOnlySpan<byte> toSend = default,
        SipMessage? received = null
    )
    {
        (State, TransactionActions actions) = Cell(happened);
        if ((actions & TransactionActions.Send) != 0)
        {
            Keep(toSend);
        }

        if ((actions & TransactionActions.Acknowledge) != 0)
        {
            Acknowledge(received!);
        }

        SetTimer(actions);
        if (State == TransactionState.Terminated)
        {
            Layer.Lane.Timers.Disarm(this);
            Drop();
            Forget();
        }
        else if ((actions & (TransactionActions.Send | TransactionActions.Resend)) != 0)
        {
            Layer.Retransmitted((actions & TransactionActions.Resend) != 0);
            Transmit();
        }

        Tell(actions, received);
    }

    /// <summary>First transmission of a client's request; a failure is told later, never from within.</summary>
    private protected void Begin(ReadOnlySpan<byte> message)
    {
        Keep(message);
        SetTimer(TransactionActions.ArmRetransmit);
        Transmit();
    }

    /// <summary>The last message is no longer needed.</summary>
    private protected void Drop()
    {
        if (_last is { } last)
        {
            Layer.Pool.Return(last);
            _last = null;
            _lastLength = 0;
        }
    }

    private protected void ArmTrying(int delay) => Arm(Clock.Trying, delay);

    /// <summary>A time-out without retransmissions.</summary>
    private protected void ArmTimeout()
    {
        _interval = Timers.Timeout;
        _deadline = Layer.Lane.Now + Timers.Timeout;
        Arm(Clock.Retransmit, Timers.Timeout);
    }

    private protected void FailSoon() => Arm(Clock.Failed, 0);

    private protected virtual void OnSendFailed() => Step(TransactionEvent.TransportError);

    protected internal sealed override void OnDue(long now)
    {
        switch (_clock)
        {
            case Clock.Retransmit:
                Step(now >= _deadline ? TransactionEvent.TimeoutTimer : TransactionEvent.RetransmitTimer);
                break;
            case Clock.Linger:
                Step(TransactionEvent.LingerTimer);
                break;
            case Clock.Trying:
                SendTrying();
                break;
            default:
                Step(TransactionEvent.TransportError);
                break;
        }
    }

    private void SetTimer(TransactionActions actions)
    {
        if ((actions & TransactionActions.ArmRetransmit) != 0)
        {
            // Nothing is sent again over a reliable transport: only the time-out runs.
            _interval = Peer.IsReliable ? Timers.Timeout : Timers.T1;
            _deadline = Layer.Lane.Now + Timers.Timeout;
            Arm(Clock.Retransmit, _interval);
        }
        else if ((actions & TransactionActions.BackOff) != 0)
        {
            _interval = NextInterval(_interval);
            Arm(Clock.Retransmit, Math.Min(_interval, _deadline - Layer.Lane.Now));
        }
        else if ((actions & TransactionActions.ArmLinger) != 0)
        {
            Arm(Clock.Linger, Linger);
        }
        else if ((actions & TransactionActions.Disarm) != 0)
        {
            Layer.Lane.Timers.Disarm(this);
        }
    }

    private void Tell(TransactionActions actions, SipMessage? received)
    {
        if ((actions & TransactionActions.Deliver) != 0)
        {
            Deliver(received!);
        }
        else if ((actions & TransactionActions.ReportTimeout) != 0)
        {
            ReportTimeout();
        }
        else if ((actions & TransactionActions.ReportError) != 0)
        {
            ReportError();
        }

        // The user may have ended other transactions meanwhile, but this one only by its own event.
        if (State == TransactionState.Terminated && (actions & TransactionActions.Deliver) == 0)
        {
            ReportTerminated();
        }
    }

    private void Arm(Clock clock, long delay)
    {
        _clock = clock;
        Layer.Lane.Timers.Arm(this, delay);
    }

    private void Keep(ReadOnlySpan<byte> message)
    {
        if (_last is null || _last.Length < message.Length)
        {
            Drop();
            _last = Layer.Pool.Rent(message.Length);
        }

        message.CopyTo(_last);
        _lastLength = message.Length;
    }

    private protected void Transmit()
    {
        if (_lastLength > 0 && Layer.Wire.Send(Peer, Last) != SendOutcome.Sent)
        {
            OnSendFailed();
        }
    }
}
