using System.Net;
using System.Security.Cryptography;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Gate.Border;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Stages;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Relay;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;
using Ringfence.Media.Srtp;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Gate;

/// <summary>
/// A relay whose caller's side is described: ports are open, the caller's offer is answered, and the media clock drives it.
/// </summary>
internal sealed class GateAudio
{
    private readonly MediaClock _clock;

    private GateAudio(RtpRelay relay, LocalAudio local, MediaClock clock)
    {
        _clock = clock;
        Relay = relay;
        Local = local;
    }

    /// <summary>The relay; whoever holds it last takes it from the clock.</summary>
    internal RtpRelay Relay { get; }

    /// <summary>What this side put into its description for the caller.</summary>
    internal LocalAudio Local { get; }

    /// <summary>The answer to the caller's offer; empty when there was none.</summary>
    internal byte[] Answer { get; private set; } = [];

    /// <summary>The answer, or this side's offer for the 200.</summary>
    internal byte[] Description { get; private set; } = [];

    /// <summary>What was agreed on with the caller; null without an offer.</summary>
    internal NegotiatedAudio? Audio { get; private set; }

    /// <summary>The call at the border that the caller's media crosses; null where it comes straight here.</summary>
    internal BorderLeg? Border { get; set; }

    /// <summary>What the caller is offered for what is early; null where that goes over the session itself.</summary>
    internal CallerEarlySession? EarlySession { get; private set; }

    /// <summary>
    /// Opens ports and answers the caller's offer, across the border where the trunk's media goes through one. What comes of it is
    /// told now or later: audio, or the status to refuse with: 400 for an offer that is none, 488 for one without anything in common,
    /// 503 without ports or border; 0 when the caller has gone meanwhile, which has then been noted.
    /// </summary>
    internal static void Open(IncomingCall caller, GateSetup setup, bool isOfferNeeded, Action<GateAudio?, int> opened)
    {
        if (setup.Trunk.Configuration.Media == TrunkMedia.RtpEngine && setup.Services.Border is { } border)
        {
            BorderCrossing.Begin(caller, setup, border, opened);
            return;
        }

        SessionDescription? offer = null;
        if (isOfferNeeded || !caller.Request.Body.IsEmpty)
        {
            SdpParseResult parsed = SdpParser.Parse(SdpBody.Of(caller.Request));
            if (!parsed.IsParsed)
            {
                opened(null, isOfferNeeded ? 488 : 400);
                return;
            }

            offer = parsed.Session;
        }

        opened(OpenOwn(caller, setup, offer, out int statusCode), statusCode);
    }

    /// <summary>Opens ports where the caller reaches this side; null with the status to refuse with.</summary>
    internal static GateAudio? OpenOwn(
        IncomingCall caller,
        GateSetup setup,
        SessionDescription? offer,
        out int statusCode
    )
    {
        statusCode = 503;
        return setup.Wire.TryLocal(caller.From, out Peer address)
            ? Open(setup, offer, address.ToIPAddress(), out statusCode, caller)
            : null;
    }

    /// <summary>Opens ports at an address and answers an offer; null with the status to refuse with.</summary>
    internal static GateAudio? Open(
        GateSetup setup,
        SessionDescription? offer,
        IPAddress address,
        out int statusCode,
        IncomingCall? caller = null
    )
    {
        statusCode = 503;
        if (OpenRelay(setup) is not { } relay)
        {
            return null;
        }

        var opened = new GateAudio(relay, Describe(address, relay.Caller, setup, offer), setup.Services.MediaClock);
        if (!opened.TryAnswer(offer))
        {
            statusCode = 488;
            relay.Removed();
            return null;
        }

        opened.EarlySession = caller is null
            ? null
            : CallerEarlySession.Open(caller, setup, relay, opened.Local, opened.Audio);
        setup.Services.MediaClock.Add(relay);
        return opened;
    }

    /// <summary>The answer has crossed the border: this is what the caller gets.</summary>
    internal void Cross(byte[] answer) => Answer = Description = answer;

    /// <summary>The body of the caller's first provisional response with media.</summary>
    internal Body Progress(IncomingCall caller) =>
        EarlySession is { } early ? early.Beside(caller, Answer)
        : caller is { TakesEarlySession: true, MayProgressReliably: true, EarlyOffer.IsEmpty: false }
        && RefusedEarlySession.Of(caller.EarlyOffer, Local.Rtp.Address) is { } refusal
            // RFC 3959 §4 recommends against offers in INVITEs.
            ? Body.EarlySdp(refusal, Answer)
        : Body.Sdp(Answer);

    /// <summary>Ends the media, at the border too.</summary>
    internal void Close()
    {
        _clock.Remove(Relay);
        EarlySession?.Close();
        Border?.Delete();
    }

    /// <summary>
    /// What goes into the offer for a callee: first the encoding that the caller has, so that nothing need be converted, and comfort
    /// noise where the caller understands it.
    /// </summary>
    internal LocalAudio TowardsCallee(IPAddress address, MediaSecurity security) =>
        Local with
        {
            Rtp = new IPEndPoint(address, Relay.Callee.LocalEndPoint.Port),
            Origin = NewOrigin(address),
            Formats = Audio is { } audio
                ? [audio.Send.Format, .. Local.Formats.Where(format => format != audio.Send.Format)]
                : Local.Formats,
            ComfortNoise = Audio?.SendNoise is not null,
            PacketTime = Audio?.PacketTime ?? Local.PacketTime,
            Crypto = security == MediaSecurity.None ? [] : NewKeys(),
            IsOpportunistic = security == MediaSecurity.Offered,
        };

    private bool TryAnswer(SessionDescription? offer)
    {
        if (offer is null)
        {
            Description = AudioOffer.Create(Local);
            return true;
        }

        AnswerResult answer = AudioAnswer.Create(offer, Local);
        if (!answer.IsAnswered)
        {
            return false;
        }

        if (answer.Audio is { RemoteCrypto: { } theirs, LocalCrypto: { } ours })
        {
            if (SrtpMasterKey.Read(theirs) is not { } key)
            {
                return false;
            }

            Relay.Secure(Relay.Caller, SrtpMasterKey.Read(ours)!, key);
        }

        Audio = answer.Audio;
        Answer = Description = answer.Body;
        Relay.Negotiated(Relay.Caller, answer.Audio);
        return true;
    }

    /// <summary>A relay on two free pairs of ports; null when there are none.</summary>
    private static RtpRelay? OpenRelay(GateSetup setup)
    {
        EdgeServices services = setup.Services;
        RtpSocketPair? caller = services.RtpPorts.Open();
        RtpSocketPair? callee = services.RtpPorts.Open();
        if (caller is not null && callee is not null)
        {
            return new RtpRelay(
                caller,
                callee,
                SourceLockPolicy.Learn,
                new Random(RandomNumberGenerator.GetInt32(int.MaxValue)),
                setup.EarlyMedia.Fork
            );
        }

        caller?.Dispose();
        callee?.Dispose();
        return null;
    }

    /// <summary>What this side has for the caller: SRTP only for who asks for it, in a suite of the offer (RFC 4568).</summary>
    private static LocalAudio Describe(IPAddress address, RelaySide side, GateSetup setup, SessionDescription? offer)
    {
        MediaDescription? audio = offer?.Audio;
        return new LocalAudio
        {
            Rtp = new IPEndPoint(address, side.LocalEndPoint.Port),
            Origin = NewOrigin(address),
            Formats = setup.EarlyMedia.Codecs,
            ComfortNoise = audio?.ComfortNoise() is not null,
            RtcpMux = true,
            Crypto = audio is not null && KeyFor(audio) is { } key ? [key] : [],
            IsOpportunistic = audio is { IsSecure: false },
        };
    }

    internal static SdpCrypto? KeyFor(MediaDescription audio) =>
        audio.Crypto.FirstOrDefault(line => SrtpMasterKey.Read(line) is not null) is { } line
            ? SrtpMasterKey.Create(SrtpSuite.Find(line.Suite)!).ToCrypto(line.Tag)
            : null;

    /// <summary>Each offer has keys of its own, one in every suite; the callee chooses.</summary>
    private static SdpCrypto[] NewKeys() =>
        [.. SrtpSuite.All.Select((suite, i) => SrtpMasterKey.Create(suite).ToCrypto(i + 1))];

    internal static SdpOrigin NewOrigin(IPAddress address) =>
        SdpOrigin.Create(address, (ulong)RandomNumberGenerator.GetInt32(int.MaxValue));
}
