using Ringfence.Media.EarlyMedia;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.Relay;

/// <summary>
/// The media of one call: between caller and callee, with a source of its own towards the caller wherever the call
/// needs one (ringback, prompt, silence). Of the early streams of a forked call one is heard. The caller sees one stream
/// throughout: one SSRC, sequence numbers without a gap, timestamps that go on, a marker at each switch. Driven by a
/// <see cref="MediaClock"/>; all methods are thread-safe and take effect within 20 ms.
/// </summary>
public sealed partial class RtpRelay : IMediaStream
{
    /// <summary>Longest payload that is relayed: 60 ms of G.711 need 480.</summary>
    public const int MaxPayload = 1400;

    /// <summary>20 ms at the highest rate.</summary>
    internal const int MaxFrame = 960;

    /// <summary>One for all calls of a clock: what a thousand calls have each for itself is in no cache when its turn comes.</summary>
    [ThreadStatic]
    private static short[]? _frame;

    private readonly RelayRequests _requests = new();
    private OutgoingStream _toCaller;
    private readonly OutgoingStream _toCallee;
    private readonly NoiseSource _noise;
    private readonly NoiseSource _callersNoise;
    private readonly RelayPacket _packet;
    private readonly SourceLockPolicy _policy;
    private readonly Random _random;

    /// <summary>The session in which the caller is spoken to now: the early one first, where there is one.</summary>
    private RelaySide _near;
    private IAudioSource? _source;
    private bool _isStarted;
    private RingbackArbiter? _arbiter;
    private IAudioSource? _ringback;
    private TaskCompletionSource<bool>? _played;
    private volatile bool _callerMayBeHeard = true;
    private volatile bool _isClosed;
    private TimeSpan _now;

    /// <summary>A relay that sends nothing yet.</summary>
    /// <param name="caller">Sockets towards the caller; closed with the relay.</param>
    /// <param name="callee">Sockets towards the callee; closed with the relay.</param>
    /// <param name="policy">From where media is believed before it is certain where a side sends from.</param>
    /// <param name="random">Gives SSRCs and first numbers.</param>
    /// <param name="forks">Which of several early streams the caller hears.</param>
    public RtpRelay(
        RtpSocketPair caller,
        RtpSocketPair callee,
        SourceLockPolicy policy,
        Random random,
        ForkPolicy forks = ForkPolicy.FirstHeard
    )
    {
        (_policy, _random) = (policy, random);
        _near = Caller = new RelaySide(caller, policy, random);
        Callee = new RelaySide(callee, policy, random);
        _gate = new ForkGate(forks);
        _toCaller = new OutgoingStream(Caller);
        _toCallee = new OutgoingStream(Callee);
        _noise = new NoiseSource(random);
        _callersNoise = new NoiseSource(random);
        _packet = Relay;
    }

    /// <summary>The side that called.</summary>
    public RelaySide Caller { get; }

    /// <summary>The side that is called.</summary>
    public RelaySide Callee { get; }

    /// <summary>Whether what the caller sends goes to the callee; false guards against talking before the answer.</summary>
    public bool CallerMayBeHeard
    {
        get => _callerMayBeHeard;
        set => _callerMayBeHeard = value;
    }

    /// <summary>Sets what was agreed on with a side: at first, and again whenever its SDP changes.</summary>
    /// <param name="side"><see cref="Caller"/> or <see cref="Callee"/>.</param>
    /// <param name="audio">What was agreed on.</param>
    public void Negotiated(RelaySide side, NegotiatedAudio audio) =>
        _requests.Enqueue(() =>
        {
            if (side == Callee)
            {
                Describe(_answeredFork ?? "", audio, 0, null);
            }
            else
            {
                side.Described("", audio, out _);
            }
        });

    /// <summary>Lets a tap see the packets of a side; null takes it away.</summary>
    public void Tap(RelaySide side, IRelayTap? tap) =>
        _requests.Enqueue(() => (side == Caller ? _near : side).Tap = tap);

    /// <summary>Plays a source towards the caller in place of whatever he hears now.</summary>
    /// <returns>True when the source was played to its end, false when something took its place.</returns>
    public Task<bool> Play(IAudioSource source)
    {
        var played = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Enqueue(() => TakeOver(source, played));
        if (_isClosed)
        {
            played.TrySetResult(false);
        }
        return played.Task;
    }

    /// <summary>Lets the caller hear the callee.</summary>
    public void PassThrough() => _requests.Enqueue(() => TakeOver(null, null));

    /// <summary>
    /// From now on an arbiter chooses between a ringback tone and the callee, at every packet: the tone stops with the
    /// first one that is to be heard. <see cref="Play"/> and <see cref="PassThrough"/> end it.
    /// </summary>
    /// <param name="arbiter">The arbiter; the relay's from here on.</param>
    /// <param name="ringback">What to play while the callee is alerted and not heard.</param>
    public void Arbitrate(RingbackArbiter arbiter, IAudioSource ringback) =>
        _requests.Enqueue(() =>
        {
            TakeOver(null, null);
            (_arbiter, _ringback) = (arbiter, ringback);
        });

    /// <summary>Tells the arbiter of a 180.</summary>
    public void Alerting() => _requests.Enqueue(() => _arbiter?.Alerting());

    /// <inheritdoc/>
    public void Tick(TimeSpan now, int skipped)
    {
        Decide(now);
        Guard(now);
        _near.Tap?.Tick(now);
        Callee.Tap?.Tick(now);
        AskOn(now);
        if (!_isAsking && !_toCallee.PlayOn(now))
        {
            FillWithNoise(_callersNoise, _toCallee, Callee, now);
        }
        if (_near.Audio is not { } audio)
        {
            return;
        }
        if (_source is not { } source)
        {
            if (!_toCaller.PlayOn(now))
            {
                FillWithNoise(_noise, _toCaller, _near, now);
            }
            return;
        }
        if (_toCaller.Codec is not { } codec)
        {
            // An encoding that can be passed on but not made here: whoever waits for the end must not wait for ever.
            _played?.TrySetResult(false);
            return;
        }
        if (!_isStarted)
        {
            source.Start(codec.SampleRate);
            _isStarted = true;
        }
        var frame = FrameOf(codec.SampleRate);
        var goesOn = source.Read(frame);
        if (audio.Direction.Sends())
        {
            _toCaller.SendLocal(frame, now);
        }
        if (!goesOn)
        {
            // Silence and not the callee: who plays a prompt decides what comes after it.
            _played?.TrySetResult(true);
            Switch(new SilenceSource(), null);
        }
    }

    /// <inheritdoc/>
    public void Removed()
    {
        _isClosed = true;
        _requests.Serve();
        _played?.TrySetResult(false);
        _recording.End();
        Caller.Close(_near == Caller ? _toCaller.TimestampAt(_now) : 0, _now);
        Callee.Close(_toCallee.TimestampAt(_now), _now);
        _toCaller.Close();
        _toCallee.Close();
        _answer?.Flush();
        _answer?.Close();
        _callersVoice?.Close();
        _falseAnswer?.Complete();
    }

    private static Span<short> FrameOf(int sampleRate) =>
        (_frame ??= new short[MaxFrame]).AsSpan(0, (int)(sampleRate * MediaClock.Interval.TotalSeconds));

    private void TakeOver(IAudioSource? source, TaskCompletionSource<bool>? played)
    {
        _arbiter = null;
        Switch(source, played);
    }

    private void Switch(IAudioSource? source, TaskCompletionSource<bool>? played)
    {
        _played?.TrySetResult(false);
        (_source, _played, _isStarted) = (source, played, false);
        _toCaller.BeginSource();
    }
}
