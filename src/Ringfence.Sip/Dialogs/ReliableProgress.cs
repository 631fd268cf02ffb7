using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;

namespace Ringfence.Sip.Dialogs;

/// <summary>
/// The reliable provisional responses of one INVITE, on the side that sends them (RFC 3262 §3): one at a time, sent again at T1,
/// doubling without a cap, until its PRACK comes or 64·T1 have passed.
/// </summary>
internal sealed class ReliableProgress(ServerTransaction invite, IReliableUser user) : TimerEntry
{
    private const int MaxWaiting = 8;
    private const int FirstNumberBelow = 1 << 16;
    private readonly Queue<Waiting> _waiting = new();
    private uint _next = (uint)invite.Layer.Lane.Random.Next(FirstNumberBelow);
    private int _interval;
    private long _deadline;

    /// <summary>True while a response with a session description has no PRACK: a 2xx must wait for that.</summary>
    internal bool HoldsAnswer => _waiting.Any(static response => response.HasSession);

    internal bool IsWaiting => _waiting.Count > 0;

    internal bool IsFull => _waiting.Count >= MaxWaiting;

    /// <summary>The RSeq of the next response: one more than that of the last.</summary>
    internal uint TakeNumber() => ++_next;

    /// <summary>Sends a response, or keeps it until the one before has its PRACK.</summary>
    internal void Send(uint number, int statusCode, byte[] message, bool hasSession, bool hasEarlySession)
    {
        _waiting.Enqueue(new Waiting(number, statusCode, message, hasSession, hasEarlySession));
        if (_waiting.Count == 1)
        {
            Begin();
        }
    }

    /// <summary>True when a PRACK is for the response that waits (§3); the next one then goes out.</summary>
    /// <param name="prack">The PRACK.</param>
    /// <param name="hadEarly">Whether the response carried the description of an early session.</param>
    internal bool TryAcknowledge(SipRequest prack, out bool hadEarly)
    {
        hadEarly = _waiting.TryPeek(out Waiting first) && first.HasEarlySession;
        bool isMine =
            RAck.TryParse(prack.Value(HeaderId.RAck), out RAck acknowledged)
            && _waiting.Count > 0
            && acknowledged.ResponseNumber == first.Number
            && acknowledged.CSeqNumber == Sequence.Of(invite.Request)
            && acknowledged.Method.SequenceEqual("INVITE"u8);
        if (!isMine)
        {
            return false;
        }

        invite.Layer.Lane.Timers.Disarm(this);
        _waiting.Dequeue();
        if (_waiting.Count > 0)
        {
            Begin();
        }

        return true;
    }

    /// <summary>A final response ends it all.</summary>
    internal void Stop()
    {
        _waiting.Clear();
        invite.Layer.Lane.Timers.Disarm(this);
    }

    protected internal override void OnDue(long now)
    {
        if (now >= _deadline)
        {
            Stop();
            user.OnUnreliable();
            return;
        }

        invite.Layer.Retransmitted(true);
        Transmit();
        _interval *= 2;
        Arm();
    }

    private void Begin()
    {
        _interval = invite.Layer.Timers.T1;
        _deadline = invite.Layer.Lane.Now + invite.Layer.Timers.Timeout;
        Transmit();
        Arm();
    }

    private void Transmit()
    {
        Waiting first = _waiting.Peek();
        invite.SendReply(first.StatusCode, first.Message);
    }

    private void Arm()
    {
        Lanes.Lane lane = invite.Layer.Lane;
        lane.Timers.Arm(this, Math.Min(_interval, _deadline - lane.Now));
    }

    private readonly record struct Waiting(
        uint Number,
        int StatusCode,
        byte[] Message,
        bool HasSession,
        bool HasEarlySession
    );
}
