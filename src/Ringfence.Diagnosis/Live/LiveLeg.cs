using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Live;

/// <summary>One Call-ID of a call that is going on: whether it is over.</summary>
internal sealed class LiveLeg(TraceMessage invite)
{
    private readonly Queue<TraceMessage> _recent = new();
    private bool _inviteEnded;

    /// <summary>The first message that was seen of it.</summary>
    public TraceMessage First { get; } = invite;

    /// <summary>When it was over; null while it goes on.</summary>
    public long? Ended { get; private set; }

    public void Take(TraceMessage message)
    {
        const int Reach = 16;
        message.IsRetransmission = _recent.Any(message.Repeats);
        _recent.Enqueue(message);
        if (_recent.Count > Reach)
        {
            _recent.Dequeue();
        }

        if (message.Answers(SipMethod.Invite, 300, 699) && message.ToTag.Length > 0)
        {
            // Of an INVITE that is asked for credentials another one follows soon: the time to linger is for it as well.
            _inviteEnded = message.Status is not (401 or 407);
            Ended = message.Time;
        }
        else if (message.Is(SipMethod.Invite) && message.ToTag.Length == 0)
        {
            Ended = _inviteEnded ? Ended : null;
        }
        else if (message.Answers(SipMethod.Invite, 200, 299))
        {
            // One branch may end before another answers.
            Ended = null;
        }
        else if (message.CSeqMethod == SipMethod.Bye)
        {
            Ended = message.Time;
        }
    }

    /// <summary>Whether an INVITE begins another leg of the same call, as far as the two INVITEs tell.</summary>
    public bool IsJoinedBy(TraceMessage other)
    {
        Call[] both = [AsCall(First), AsCall(other)];
        LegJoiner.Join(both);
        return both[0].Legs.Count > 0;
    }

    private static Call AsCall(TraceMessage invite)
    {
        var call = new Call(invite.CallId)
        {
            Kind = CallKind.Call,
            Invite = invite,
            FirstHop = [invite],
        };
        call.MutableMessages.Add(invite);
        return call;
    }
}
