using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;

namespace Ringfence.Sip.Dialogs;

/// <summary>
/// A 2xx to an INVITE that waits for its ACK: sent again at T1, doubling to T2, over any transport, until the ACK comes or
/// 64·T1 have passed (RFC 3261 §13.3.1.4).
/// </summary>
internal sealed class UnacknowledgedAnswer : TimerEntry
{
    private readonly ServerTransaction _invite;
    private readonly IAnswerUser _user;
    private readonly long _deadline;
    private readonly uint _sequence;
    private int _interval;

    internal UnacknowledgedAnswer(ServerTransaction invite, IAnswerUser user)
    {
        _invite = invite;
        _user = user;
        _interval = invite.Layer.Timers.T1;
        _deadline = invite.Layer.Lane.Now + invite.Layer.Timers.Timeout;
        _sequence = Sequence.Of(invite.Request);
        Arm();
    }

    /// <summary>True when an ACK is for this 2xx: its number is that of the INVITE. It is then sent no more.</summary>
    internal bool TryAcknowledge(SipRequest ack)
    {
        bool isMine = Sequence.Of(ack) == _sequence;
        if (isMine)
        {
            Stop();
        }

        return isMine;
    }

    internal void Stop()
    {
        _invite.Layer.Lane.Timers.Disarm(this);
        _invite.DropSuccess();
    }

    protected internal override void OnDue(long now)
    {
        if (now >= _deadline)
        {
            _user.OnUnacknowledged();
            return;
        }

        _invite.Retransmit();
        _interval = Math.Min(_interval * 2, _invite.Layer.Timers.T2);
        Arm();
    }

    private void Arm()
    {
        Lanes.Lane lane = _invite.Layer.Lane;
        lane.Timers.Arm(this, Math.Min(_interval, _deadline - lane.Now));
    }
}
