using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Media;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Calls;

/// <summary>Everything of one Call-ID: messages, dialogs, media, and what became of it.</summary>
public sealed class Call
{
    // The clock of every video format in use (RFC 3551 §5): four bytes in a stream of that kind are no digit.
    private const int VideoClock = 90_000;

    private readonly List<TraceMessage> _messages = [];
    private readonly List<JoinedLeg> _legs = [];
    private readonly List<RtpStream> _streams = [];
    private readonly List<Unreachable> _unreachables = [];
    private readonly List<MediaHandshake> _handshakes = [];

    internal Call(string callId) => CallId = callId;

    /// <summary>The Call-ID.</summary>
    public string CallId { get; }

    /// <summary>What it is about.</summary>
    public CallKind Kind { get; internal set; }

    /// <summary>How far it got.</summary>
    public CallState State { get; internal set; }

    /// <summary>All messages in order, on every hop that the trace shows.</summary>
    public IReadOnlyList<TraceMessage> Messages => _messages;

    /// <summary>The messages between the two hosts of the first request: the view of the caller's side.</summary>
    public IReadOnlyList<TraceMessage> FirstHop { get; internal set; } = [];

    /// <summary>The request that everything answers: of an INVITE refused for want of credentials, the last one.</summary>
    public TraceMessage? Invite { get; internal set; }

    /// <summary>The final response to it on the first hop.</summary>
    public TraceMessage? Final { get; internal set; }

    /// <summary>The early dialogs of it on the first hop, in order of their first response.</summary>
    public IReadOnlyList<EarlyDialog> EarlyDialogs { get; internal set; } = [];

    /// <summary>The BYE or CANCEL that ended it, if one did.</summary>
    public TraceMessage? Ending { get; internal set; }

    /// <summary>Who ended it.</summary>
    public CallParty EndedBy { get; internal set; }

    /// <summary>Media streams tied to it by its session descriptions.</summary>
    public IReadOnlyList<RtpStream> Streams => _streams;

    /// <summary>Digits that were pressed, as named events, in INFO or as tones, in order of time.</summary>
    public IReadOnlyList<DtmfDigit> Digits =>
        [.. SignalledDigits.Concat(AudioStreams.SelectMany(StreamDigits.Of)).OrderBy(digit => digit.Time)];

    /// <summary>Those of them that nobody has to listen for.</summary>
    internal IEnumerable<DtmfDigit> SignalledDigits =>
        AudioStreams
            .SelectMany(stream => StreamEvents.Of(this, stream))
            .Concat(_messages.Where(m => !m.IsRetransmission).Select(DtmfInfo.Read).OfType<DtmfDigit>())
            .OrderBy(digit => digit.Time);

    private IEnumerable<RtpStream> AudioStreams =>
        _streams.Where(stream => stream.Format is not { ClockRate: VideoClock });

    /// <summary>Other legs of the same call.</summary>
    public IReadOnlyList<JoinedLeg> Legs => _legs;

    /// <summary>ICMP errors about its packets.</summary>
    public IReadOnlyList<Unreachable> Unreachables => _unreachables;

    /// <summary>The address that placed it.</summary>
    public PacketAddress Caller => Invite?.Source ?? _messages[0].Source;

    /// <summary>The address that it was placed to.</summary>
    public PacketAddress Callee => Invite?.Destination ?? _messages[0].Destination;

    /// <summary>When its first message was seen, in nanoseconds since 1970.</summary>
    public long Start => _messages[0].Time;

    /// <summary>When its last message was seen, in nanoseconds since 1970.</summary>
    public long End => _messages[^1].Time;

    /// <summary>The URI of From.</summary>
    public string From => Uri(HeaderId.From);

    /// <summary>The URI of To.</summary>
    public string To => Uri(HeaderId.To);

    /// <summary>The time from the INVITE to the first response from 180 on, if one came.</summary>
    public TimeSpan? PostDialDelay =>
        Invite is { } invite
        && FirstHop.FirstOrDefault(m => m.Answers(SipMethod.Invite, 180, 699) && m.Time >= invite.Time) is { } first
            ? Span(invite.Time, first.Time)
            : null;

    /// <summary>The time from the answer to the end, if there were both.</summary>
    public TimeSpan? TalkTime =>
        Final is { Status: >= 200 and < 300 } answer && Ending is { } ending ? Span(answer.Time, ending.Time) : null;

    /// <summary>Why it ended, as the BYE, the CANCEL or the refusal says in its Reason (RFC 3326); empty where nothing says so.</summary>
    public string EndReason => EndReasons.Of(this);

    internal List<TraceMessage> MutableMessages => _messages;

    internal void Join(Call other, LegJoin reason, string evidence)
    {
        if (_legs.TrueForAll(leg => leg.Call != other))
        {
            _legs.Add(new JoinedLeg(other, reason, evidence));
        }
    }

    internal void Tie(RtpStream stream) => _streams.Add(stream);

    /// <summary>ICE and DTLS at the addresses of its media.</summary>
    internal IReadOnlyList<MediaHandshake> Handshakes => _handshakes;

    internal void Note(MediaHandshake handshake) => _handshakes.Add(handshake);

    internal void Note(Unreachable unreachable) => _unreachables.Add(unreachable);

    internal static TimeSpan Span(long from, long to) => TimeSpan.FromTicks((to - from) / 100);

    private string Uri(HeaderId id) =>
        NameAddr.TryParse((Invite ?? _messages[0]).Sip.Value(id), out var address)
            ? TraceMessage.Text(address.Uri)
            : "";
}
