using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Live;

/// <summary>A call that is going on, or has just ended.</summary>
public sealed class LiveCall
{
    private readonly TraceBuilder _trace;
    private readonly int _maxMessages;
    private readonly Queue<TraceMessage> _recent = new();
    private int _messages;
    private bool _inviteEnded;

    internal LiveCall(TraceMessage invite, LiveLimits limits)
    {
        (CallId, Start, LastSeen, First) = (invite.CallId, invite.Time, invite.Time, invite);
        _trace = new TraceBuilder(limits.OfCall);
        _maxMessages = limits.MaxMessagesOfCall;
    }

    /// <summary>The Call-ID.</summary>
    public string CallId { get; }

    /// <summary>When its first message was seen, in nanoseconds since 1970.</summary>
    public long Start { get; }

    /// <summary>The first message that was seen of it.</summary>
    public TraceMessage First { get; }

    /// <summary>When it was over; null while it goes on.</summary>
    internal long? Ended { get; private set; }

    internal long LastSeen { get; private set; }

    /// <summary>Addresses that its session descriptions name.</summary>
    internal HashSet<PacketAddress> Media { get; } = [];

    internal void Take(in CapturedPacket packet, TraceMessage message)
    {
        const int Reach = 16;
        LastSeen = packet.Time;
        message.IsRetransmission = _recent.Any(message.Repeats);
        _recent.Enqueue(message);
        if (_recent.Count > Reach)
        {
            _recent.Dequeue();
        }

        if (++_messages <= _maxMessages)
        {
            _trace.OnSip(packet);
        }

        if (message.Answers(SipMethod.Invite, 300, 699) && message.ToTag.Length > 0)
        {
            // Of an INVITE that is asked for credentials another one follows soon: the time to linger is for it as well.
            _inviteEnded = message.Status is not (401 or 407);
            Ended = packet.Time;
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
            Ended = packet.Time;
        }
    }

    internal void TakeMedia(in CapturedPacket packet)
    {
        LastSeen = packet.Time;
        _trace.OnDatagram(packet);
    }

    internal void TakeUnreachable(in CapturedPacket packet) => _trace.OnUnreachable(packet);

    /// <summary>What the rules make of it. The call is done with afterwards.</summary>
    internal CallDiagnosis Diagnose() =>
        CallDiagnosis.Of(
            _trace.Build(
                new CaptureOutcome
                {
                    Formats = [],
                    Frames = _messages,
                    SipMessages = _messages,
                }
            )
        );
}
