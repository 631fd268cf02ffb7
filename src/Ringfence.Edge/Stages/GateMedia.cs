using System.Net;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Gate;
using Ringfence.Edge.Gate.Border;
using Ringfence.Edge.Telemetry;
using Ringfence.Media.EarlyMedia;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Relay;
using Ringfence.Media.Sdp;
using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Stages;

/// <summary>
/// The media of one gated call through the edge's own relay: what the two legs describe, and the relay between them. The caller
/// hears ringback of the edge until the callee sends sound of its own, and of several forks one.
/// </summary>
internal sealed partial class GateMedia : IGateMedia
{
    private readonly GateSetup _setup;
    private readonly GateAudio _audio;
    private readonly RtpRelay _relay;
    private readonly GateSession _session;
    private readonly EarlyWatch _watch;
    private readonly TimeSpan _invited;
    private readonly Dictionary<int, SessionDescription> _offers = [];
    private FalseAnswerWatch? _judge;
    private bool _mayListen = true;
    private bool _isNoted;
    private bool _isClosed;

    /// <param name="setup">What the gated call was begun with.</param>
    /// <param name="audio">What the caller may already hear: it goes on in the same RTP stream.</param>
    /// <param name="watch">Watches how long the call is early.</param>
    internal GateMedia(GateSetup setup, GateAudio audio, EarlyWatch watch)
    {
        _setup = setup;
        _audio = audio;
        _relay = audio.Relay;
        _session = new GateSession(audio.Relay, audio.Local, audio.Audio);
        _watch = watch;
        _invited = setup.Services.MediaClock.Now - TimeSpan.FromMilliseconds(setup.Journal.Elapsed);
        Prepare();
    }

    /// <inheritdoc/>
    public ISessionBridge Session => _session;

    /// <inheritdoc/>
    public BorderLeg? Border => _audio.Border;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> AnswerToCaller => _audio.Answer;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> DescriptionForCaller => _audio.Description;

    /// <inheritdoc/>
    public byte[] OfferToCallee(int leg, in ProxyTarget target, BorderLeg? border)
    {
        IPAddress address =
            border is not null ? _setup.Services.Border!.Local
            : _setup.Wire.TryLocal(target.Destination, out Peer local) ? local.ToIPAddress()
            : _audio.Local.Rtp.Address;
        MediaSecurity security = border is null ? SecurityTerms.Of(_setup, target) : MediaSecurity.None;
        LocalAudio audio = _audio.TowardsCallee(address, security);
        _session.Calling(leg, _described[leg] = audio);
        byte[] offered = AudioOffer.Create(audio);
        _offers[leg] = SdpParser.Parse(offered).Session!;
        _mayListen &= security == MediaSecurity.None;
        // What comes under a key that nobody has told yet would be noise.
        _relay.Expect(_mayListen ? _offers[leg].Audio!.Formats : []);
        return offered;
    }

    /// <inheritdoc/>
    public bool Early(EarlyFork fork, ReadOnlySpan<byte> description, EarlyDirections? authorized)
    {
        if (_earlySessions.Contains(fork))
        {
            return true;
        }

        if (Accept(fork, description) is not { } audio)
        {
            return false;
        }

        _relay.Early(
            fork.Name,
            audio,
            -fork.Leg,
            authorized is null ? null : Direction(authorized.Value & _setup.Authorized)
        );
        return true;
    }

    /// <inheritdoc/>
    public void Authorize(EarlyFork fork, EarlyDirections authorized) =>
        _relay.Authorize(fork.Name, Direction(authorized & _setup.Authorized));

    /// <inheritdoc/>
    public void Alerting() => _relay.Alerting();

    /// <inheritdoc/>
    public void Ended(EarlyFork fork)
    {
        _relay.Ended(fork.Name);
        _relay.Ended(fork.EarlySessionName);
    }

    /// <inheritdoc/>
    public void Speaks(EarlyFork fork) => _session.Speaks(fork);

    /// <inheritdoc/>
    public void EndedAll() => _relay.EndedAll();

    /// <inheritdoc/>
    public bool Answered(EarlyFork fork, ReadOnlySpan<byte> description)
    {
        if (Accept(fork, description) is not { } audio)
        {
            return false;
        }

        NoteEarly();
        if (_setup.EarlyMedia.JudgesAnswers)
        {
            _judge = new FalseAnswerWatch(_watch.Elapsed, _watch.IsAlerted);
            _relay.Watch(_judge);
        }

        _relay.RecordNoMore();
        _relay.CallerMayBeHeard = true;
        AskNoMore();
        _session.Joined(fork, audio);
        _relay.Early(fork.Name, audio);
        _relay.Answered(fork.Name);
        return true;
    }

    /// <inheritdoc/>
    public bool CallerAcknowledged(ReadOnlySpan<byte> description)
    {
        SdpParseResult answer = SdpParser.Parse(description);
        if (!AnswerToCaller.IsEmpty || !answer.IsParsed)
        {
            return false;
        }

        SessionDescription offer = SdpParser.Parse(_audio.Description).Session!;
        bool isAgreed = AudioOffer.Accept(offer, answer.Session, out NegotiatedAudio? audio) == NegotiationFault.None;
        if (isAgreed)
        {
            _relay.Negotiated(_relay.Caller, audio!);
        }

        return isAgreed;
    }

    /// <inheritdoc/>
    public void Close()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        NoteEarly();
        _setup.Journal.Media = MediaMeasures.Of(_relay, _judge);
        if (_judge is { Score: >= FalseAnswerWatch.Suspect } judge)
        {
            _setup.Services.Early.Meters.FalselyAnswered(_setup.Trunk.Name);
            _setup.Journal.GateReason += $"; likely a false answer ({judge.Score} of 100)";
            EarlyMediaLog.LikelyFalseAnswer(_setup.Services.Log, _setup.Journal.Id, _setup.Trunk.Name, judge.Score);
        }

        CloseEarlyPort();
        _audio.Close();
    }

    /// <summary>
    /// Ringback of the edge once the callee is alerted, until it really sends sound; again when its packets stop or stay silent
    /// (RFC 3960 §3.2). And who may be heard before the answer, and for how long.
    /// </summary>
    private void Prepare()
    {
        EarlyMediaConfiguration terms = _setup.EarlyMedia;
        var gone = TimeSpan.FromMilliseconds(terms.SilenceAfterMs);
        // No country's ringback pauses as long as this: silence after it is no pause of the callee's own tone.
        TimeSpan silent = gone + TimeSpan.FromSeconds(5);
        _relay.Arbitrate(new RingbackArbiter(gone, silent), new ToneSource(RingbackChoice.Of(_setup)));
        _relay.CallerMayBeHeard = _setup.Authorized.HasFlag(EarlyDirections.Forward);
        _relay.CalleeMayBeHeardEarly = _setup.Authorized.HasFlag(EarlyDirections.Backward);
        if (terms.BothWaysMs > 0)
        {
            string trunk = _setup.Trunk.Name;
            EarlyMediaMeters meters = _setup.Services.Early.Meters;
            _relay.LimitEarlyTalk(
                TimeSpan.FromMilliseconds(terms.BothWaysMs),
                () => meters.Limited(trunk, "both-ways")
            );
        }

        EarlyRecording.Begin(_relay, _setup);
    }

    private NegotiatedAudio? Accept(EarlyFork fork, ReadOnlySpan<byte> description)
    {
        SdpParseResult answer = SdpParser.Parse(description);
        return
            answer.IsParsed
            && AudioOffer.Accept(_offers[fork.Leg], answer.Session, out NegotiatedAudio? audio) == NegotiationFault.None
            && GateSession.IsReadable(audio!)
            ? audio
            : null;
    }

    private static MediaDirection Direction(EarlyDirections directions) =>
        (directions.HasFlag(EarlyDirections.Backward) ? MediaDirection.SendOnly : MediaDirection.Inactive)
        | (directions.HasFlag(EarlyDirections.Forward) ? MediaDirection.RecvOnly : MediaDirection.Inactive);
}
