using System.Net;
using System.Security.Cryptography;
using Ringfence.Edge.Challenge;
using Ringfence.Edge.Pipeline;
using Ringfence.Media.EarlyMedia;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Relay;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;
using Ringfence.Media.Tones;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Stages;

/// <summary>
/// The media of one gated call: what the two legs describe, and the relay between them. The caller hears ringback of the edge
/// until the callee sends sound of its own.
/// </summary>
internal sealed class GateMedia
{
    private readonly GateSetup _setup;
    private readonly RtpRelay _relay;
    private readonly LocalAudio _towardsCaller;
    private readonly TimeSpan _began;
    private byte[] _forCaller;
    private byte[] _offer = [];
    private bool _isNoted;

    private GateMedia(GateSetup setup, RtpRelay relay, LocalAudio towardsCaller, byte[] forCaller)
    {
        _setup = setup;
        _relay = relay;
        _towardsCaller = towardsCaller;
        _forCaller = forCaller;
        Session = new GateSession(relay, towardsCaller);
        _began = setup.Services.MediaClock.Now;
    }

    /// <summary>Session descriptions once the call stands.</summary>
    internal GateSession Session { get; }

    /// <summary>SDP that goes out with 183; empty when the INVITE carried no offer.</summary>
    internal ReadOnlyMemory<byte> AnswerToCaller { get; private set; }

    /// <summary>SDP for the 200: the same as in the 183 (RFC 3261 §13.2.1), or this side's offer.</summary>
    internal ReadOnlyMemory<byte> DescriptionForCaller => _forCaller;

    /// <summary>Opens ports and answers the caller's offer; null with the status to refuse with when that cannot be.</summary>
    internal static GateMedia? Open(IncomingCall caller, GateSetup setup, out int statusCode)
    {
        statusCode = 503;
        if (!setup.Wire.TryLocal(caller.From, out Peer local) || OpenRelay(setup.Services) is not { } relay)
        {
            return null;
        }

        LocalAudio audio = Describe(local.ToIPAddress(), relay.Caller);
        GateMedia? media = Answer(caller.Request, setup, relay, audio, out statusCode);
        if (media is null)
        {
            relay.Removed();
            return null;
        }

        setup.Services.MediaClock.Add(relay);
        media.Ring();
        return media;
    }

    /// <summary>Goes on with what the caller already hears, on the same RTP stream.</summary>
    internal static GateMedia Continue(CallerAudio audio, GateSetup setup)
    {
        var media = new GateMedia(setup, audio.Relay, audio.Description, audio.Answer)
        {
            AnswerToCaller = audio.Answer,
        };
        media.Ring();
        return media;
    }

    /// <summary>The offer of the far leg, with the address from which the callee is reached.</summary>
    internal ReadOnlyMemory<byte> OfferToCallee(in Peer callee)
    {
        IPAddress address = _setup.Wire.TryLocal(callee, out Peer local)
            ? local.ToIPAddress()
            : _towardsCaller.Rtp.Address;
        LocalAudio audio = Describe(address, _relay.Callee);
        Session.Calling(audio);
        _offer = AudioOffer.Create(audio);
        return _offer;
    }

    /// <summary>The callee described its media, early or with its answer. False when the two cannot be joined.</summary>
    internal bool CalleeDescribed(ReadOnlySpan<byte> description, bool isAnswer)
    {
        SdpParseResult offer = SdpParser.Parse(_offer);
        SdpParseResult answer = SdpParser.Parse(description);
        if (
            !answer.IsParsed
            || AudioOffer.Accept(offer.Session!, answer.Session, out NegotiatedAudio? audio) != NegotiationFault.None
        )
        {
            return false;
        }

        _relay.Negotiated(_relay.Callee, audio!);
        if (isAnswer)
        {
            NoteEarly();
            _relay.Answered();
        }

        return true;
    }

    /// <summary>The ACK carries the caller's answer when the 200 carried this side's offer.</summary>
    internal void CallerAcknowledged(ReadOnlySpan<byte> description)
    {
        SdpParseResult answer = SdpParser.Parse(description);
        if (
            AnswerToCaller.IsEmpty
            && answer.IsParsed
            && AudioOffer.Accept(SdpParser.Parse(_forCaller).Session!, answer.Session, out NegotiatedAudio? audio)
                == NegotiationFault.None
        )
        {
            _relay.Negotiated(_relay.Caller, audio!);
        }
    }

    /// <summary>Ends the media and notes what there was of it.</summary>
    internal void Close()
    {
        NoteEarly();
        _setup.Services.MediaClock.Remove(_relay);
    }

    /// <summary>
    /// Ringback of the edge from now on, until the callee really sends sound; again when its packets stop or stay silent (RFC 3960
    /// §3.2).
    /// </summary>
    private void Ring()
    {
        string country = (_setup.Trunk.Configuration.Ringback ?? _setup.EarlyMedia.Ringback).ToUpperInvariant();
        var gone = TimeSpan.FromMilliseconds(_setup.EarlyMedia.SilenceAfterMs);
        // No country's ringback pauses as long as this: silence after it is no pause of the callee's own tone.
        TimeSpan silent = gone + TimeSpan.FromSeconds(5);
        _relay.Arbitrate(
            new RingbackArbiter(gone, silent),
            new ToneSource(TonePlan.Default.ByCountry(country)!.Ringback.Cadence)
        );
        _relay.Alerting();
    }

    /// <summary>Notes once, at the answer or at the end, what there was of early media.</summary>
    private void NoteEarly()
    {
        if (_isNoted)
        {
            return;
        }

        _isNoted = true;
        SideCounters counters = _relay.Callee.Counters;
        _setup.Journal.FirstRtpMs = counters.FirstPacket is { } first ? (int)(first - _began).TotalMilliseconds : -1;
        _setup.Journal.EarlySource = counters.LastSound is null ? "ringback" : "ringback, then the callee";
        _setup.Journal.GateReason = counters.LastSound is null ? "the callee sent no sound" : "the callee sent sound";
    }

    private static GateMedia? Answer(
        SipRequest invite,
        GateSetup setup,
        RtpRelay relay,
        LocalAudio audio,
        out int statusCode
    )
    {
        statusCode = 488;
        if (invite.Body.IsEmpty)
        {
            return new GateMedia(setup, relay, audio, AudioOffer.Create(audio));
        }

        SdpParseResult offer = SdpParser.Parse(SdpBody.Of(invite));
        if (!offer.IsParsed)
        {
            statusCode = 400;
            return null;
        }

        AnswerResult answer = AudioAnswer.Create(offer.Session, audio);
        if (!answer.IsAnswered)
        {
            return null;
        }

        relay.Negotiated(relay.Caller, answer.Audio);
        return new GateMedia(setup, relay, audio, answer.Body) { AnswerToCaller = answer.Body };
    }

    /// <summary>A relay on two free pairs of ports; null when there are none.</summary>
    internal static RtpRelay? OpenRelay(EdgeServices services)
    {
        RtpSocketPair? caller = services.RtpPorts.Open();
        RtpSocketPair? callee = services.RtpPorts.Open();
        if (caller is not null && callee is not null)
        {
            return new RtpRelay(
                caller,
                callee,
                SourceLockPolicy.Learn,
                new Random(RandomNumberGenerator.GetInt32(int.MaxValue))
            );
        }

        caller?.Dispose();
        callee?.Dispose();
        return null;
    }

    /// <summary>What this side puts into its SDP towards one side of the relay.</summary>
    internal static LocalAudio Describe(IPAddress address, RelaySide side) =>
        new()
        {
            Rtp = new IPEndPoint(address, side.LocalEndPoint.Port),
            Origin = SdpOrigin.Create(address, (ulong)RandomNumberGenerator.GetInt32(int.MaxValue)),
        };
}
