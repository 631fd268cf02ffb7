using Ringfence.Media.EarlyMedia;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Playout;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.Relay;

/// <summary>The streams of the callee's side: which of them is heard, and who hears the caller.</summary>
public sealed partial class RtpRelay
{
    private readonly ForkGate _gate;
    private volatile EarlyTalk? _talk;
    private volatile bool _calleeMayBeHeardEarly = true;
    private FalseAnswerWatch? _falseAnswer;
    private OrderedAudio? _answer;
    private OrderedAudio? _callersVoice;
    private volatile string? _answeredFork;
    private volatile string? _chosen;
    private int _switches;

    /// <summary>The early stream that is let through, by the name that it was given; null for none.</summary>
    public string? Chosen => _chosen;

    /// <summary>Whether the caller may hear the callee before the answer; false leaves ringback and silence.</summary>
    public bool CalleeMayBeHeardEarly
    {
        get => _calleeMayBeHeardEarly;
        set => _calleeMayBeHeardEarly = value;
    }

    /// <summary>Whether both have talked before the answer for as long as they may.</summary>
    public bool EarlyTalkIsOver => _talk?.IsReached == true;

    /// <summary>How often what the caller hears changed: from tone to stream, from stream to stream, and back.</summary>
    public int Switches => Volatile.Read(ref _switches);

    /// <summary>
    /// The callee was sent an offer: from now on what it sends is taken and heard, before any response describes it (RFC 3264
    /// section 5.1).
    /// </summary>
    /// <param name="offered">The formats of the offer.</param>
    public void Expect(IReadOnlyList<RtpMap> offered) => _requests.Enqueue(() => Callee.Expect(offered));

    /// <summary>A provisional or final response described an early stream.</summary>
    /// <param name="fork">Name of the early dialog; one for each To tag.</param>
    /// <param name="audio">What was agreed on.</param>
    /// <param name="priority">Higher is better; matters for <see cref="ForkPolicy.Priority"/> only.</param>
    /// <param name="authorized">What the network authorizes (RFC 5009), seen from who is called; null where it says nothing.</param>
    public void Early(string fork, NegotiatedAudio audio, int priority = 0, MediaDirection? authorized = null) =>
        _requests.Enqueue(() => Describe(fork, audio, priority, authorized));

    /// <summary>The network authorizes something else of an early stream (RFC 5009).</summary>
    public void Authorize(string fork, MediaDirection authorized) =>
        _requests.Enqueue(() =>
        {
            _gate.Authorize(fork, authorized);
            FollowGate();
        });

    /// <summary>An early dialog is over; what still comes of it is heard no more.</summary>
    public void Ended(string fork) => _requests.Enqueue(() => End(stream => stream.Fork == fork));

    /// <summary>Every early stream is over: the next target is tried.</summary>
    public void EndedAll() => _requests.Enqueue(() => End(_ => true));

    /// <summary>Tells of the answer: from now on this stream and no other.</summary>
    /// <param name="fork">Name of the dialog that was answered.</param>
    public void Answered(string fork = "") =>
        _requests.Enqueue(() =>
        {
            AskNoMore();
            _answeredFork = fork;
            _gate.Answered(fork);
            FollowGate();
            End(stream => stream.Fork != fork && stream.IsDescribed);
            _earlyCallee?.End(TicksOpen);
            _arbiter?.Answered();
        });

    /// <summary>Limits how long both talk before the answer; beyond it the callee no longer hears the caller.</summary>
    /// <param name="most">How long they may.</param>
    /// <param name="reached">Told once, on the clock's thread.</param>
    public void LimitEarlyTalk(TimeSpan most, Action reached) =>
        _requests.Enqueue(() => _talk = new EarlyTalk(most, reached));

    /// <summary>Lets somebody listen to what comes from both sides after the answer.</summary>
    public void Watch(FalseAnswerWatch watch) =>
        _requests.Enqueue(() =>
        {
            _falseAnswer = watch;
            (_answer, _callersVoice) = (new OrderedAudio(watch.Hear), new OrderedAudio(watch.HearCaller));
        });

    /// <summary>Gives a packet to whom listens for a false answer.</summary>
    private void Judge(OrderedAudio? audio, RelayStream from, in RtpPacket packet, RelayPayload kind)
    {
        if (_answeredFork is not null && _falseAnswer is { IsComplete: false })
        {
            audio!.Put(from.Format, packet.Header, kind == RelayPayload.Audio ? packet.Payload : default);
        }
    }

    private void Describe(
        string fork,
        NegotiatedAudio audio,
        int priority,
        MediaDirection? authorized,
        bool isEarlySession = false
    )
    {
        if (Callee.Described(fork, audio, out var before, isEarlySession) is not { } stream)
        {
            return;
        }
        stream.Secure(audio);
        _gate.Rename(before, fork);
        _chosen = _chosen == before ? fork : _chosen;
        _gate.Add(fork, priority);
        if (authorized is { } direction)
        {
            _gate.Authorize(fork, direction);
        }
        FollowGate();
        if (_gate.Chosen == fork)
        {
            Callee.Current = stream;
        }
    }

    private void End(Predicate<RelayStream> isOver)
    {
        for (var i = Callee.Streams.Count - 1; i >= 0; i--)
        {
            var stream = Callee.Streams[i];
            if (isOver(stream))
            {
                Callee.End(stream);
                _gate.Ended(stream.Fork);
            }
        }
        FollowGate();
    }

    /// <summary>Follows the choice of the gate.</summary>
    private void FollowGate()
    {
        if (_gate.Chosen == _chosen)
        {
            return;
        }
        var hadOne = _chosen is not null;
        _chosen = _gate.Chosen;
        if (Find(_chosen) is { } stream)
        {
            Callee.Current = stream;
        }
        if (hadOne && _answeredFork is null)
        {
            // What was heard of the one before says nothing of this one.
            _arbiter?.Gone();
            _noise.End();
            Interlocked.Increment(ref _switches);
        }
        if (_source is null && (hadOne || Callee.Streams.Count > 1))
        {
            _toCaller.BeginSource();
        }
    }

    private RelayStream? Find(string? fork)
    {
        foreach (var stream in Callee.Streams)
        {
            if (stream.Fork == fork)
            {
                return stream;
            }
        }
        return null;
    }
}
