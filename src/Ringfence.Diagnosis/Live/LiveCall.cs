using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Identities;

namespace Ringfence.Diagnosis.Live;

/// <summary>A call that is going on, or has just ended.</summary>
public sealed class LiveCall
{
    private const int MaxLegs = 4;
    private readonly TraceBuilder _trace;
    private readonly int _maxMessages;
    private readonly Dictionary<string, LiveLeg> _legs = new(StringComparer.Ordinal);
    private int _messages;

    internal LiveCall(TraceMessage invite, LiveLimits limits)
    {
        (CallId, Start, LastSeen, First) = (invite.CallId, invite.Time, invite.Time, invite);
        _trace = new TraceBuilder(limits.OfCall with { MaxCalls = MaxLegs });
        _maxMessages = limits.MaxMessagesOfCall;
        _legs.Add(CallId, new LiveLeg(invite));
    }

    /// <summary>The Call-ID of its first leg.</summary>
    public string CallId { get; }

    /// <summary>When its first message was seen, in nanoseconds since 1970.</summary>
    public long Start { get; }

    /// <summary>The first message that was seen of it.</summary>
    public TraceMessage First { get; }

    /// <summary>The Call-IDs of its legs.</summary>
    internal IEnumerable<string> CallIds => _legs.Keys;

    /// <summary>When the last of its legs was over; null while one goes on.</summary>
    internal long? Ended => _legs.Values.Any(leg => leg.Ended is null) ? null : _legs.Values.Max(leg => leg.Ended);

    internal long LastSeen { get; private set; }

    /// <summary>By how much the clock of who reports it is behind ours; time goes by for the call as it does there.</summary>
    internal long Late { get; private set; }

    /// <summary>Addresses that its session descriptions name.</summary>
    internal HashSet<PacketAddress> Media { get; } = [];

    /// <summary>Takes an INVITE with a new Call-ID as another leg, if it is one.</summary>
    internal bool TryJoin(TraceMessage invite)
    {
        if (_legs.Count >= MaxLegs || Ended is not null || !_legs.Values.Any(leg => leg.IsJoinedBy(invite)))
        {
            return false;
        }

        _legs.Add(invite.CallId, new LiveLeg(invite));
        return true;
    }

    internal void Take(in CapturedPacket packet, TraceMessage message)
    {
        (LastSeen, Late) = (packet.Time, packet.Late);
        _legs[message.CallId].Take(message);
        if (++_messages <= _maxMessages)
        {
            _trace.OnSip(packet);
        }
    }

    internal void TakeMedia(in CapturedPacket packet)
    {
        (LastSeen, Late) = (packet.Time, packet.Late);
        _trace.OnDatagram(packet);
    }

    internal void TakeUnreachable(in CapturedPacket packet) => _trace.OnUnreachable(packet);

    /// <summary>What the rules make of it. The call is done with afterwards.</summary>
    internal CallDiagnosis Diagnose(IdentityVerifier? verifier) =>
        CallDiagnosis.Of(
            _trace.Build(
                new CaptureOutcome
                {
                    Formats = [],
                    Frames = _messages,
                    SipMessages = _messages,
                }
            ),
            verifier
        );
}
