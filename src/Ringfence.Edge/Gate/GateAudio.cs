using System.Net;
using System.Security.Cryptography;
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
    private GateAudio(RtpRelay relay, LocalAudio local)
    {
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

    /// <summary>
    /// Opens ports and answers the caller's offer. Null with the status to refuse with: 400 for an offer that is none, 488 for one
    /// without anything in common, 503 without ports.
    /// </summary>
    internal static GateAudio? Open(IncomingCall caller, GateSetup setup, bool isOfferNeeded, out int statusCode)
    {
        statusCode = 488;
        SessionDescription? offer = null;
        if (isOfferNeeded || !caller.Request.Body.IsEmpty)
        {
            SdpParseResult parsed = SdpParser.Parse(SdpBody.Of(caller.Request));
            if (!parsed.IsParsed)
            {
                statusCode = isOfferNeeded ? 488 : 400;
                return null;
            }

            offer = parsed.Session;
        }

        if (!setup.Wire.TryLocal(caller.From, out Peer address) || OpenRelay(setup) is not { } relay)
        {
            statusCode = 503;
            return null;
        }

        var opened = new GateAudio(relay, Describe(address.ToIPAddress(), relay.Caller, setup, offer));
        if (!opened.TryAnswer(offer))
        {
            relay.Removed();
            return null;
        }

        setup.Services.MediaClock.Add(relay);
        return opened;
    }

    /// <summary>
    /// What goes into the offer for a callee: first the encoding that the caller has, so that nothing need be converted, and comfort
    /// noise where the caller understands it.
    /// </summary>
    internal LocalAudio TowardsCallee(IPAddress address) =>
        Local with
        {
            Rtp = new IPEndPoint(address, Relay.Callee.LocalEndPoint.Port),
            Origin = NewOrigin(address),
            Formats = Audio is { } audio
                ? [audio.Send.Format, .. Local.Formats.Where(format => format != audio.Send.Format)]
                : Local.Formats,
            ComfortNoise = Audio?.SendNoise is not null,
            PacketTime = Audio?.PacketTime ?? Local.PacketTime,
            Crypto = null,
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

        if (answer.Audio.RemoteCrypto is { } theirs && Local.Crypto is { } ours)
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
            Crypto = audio is { IsSecure: true } ? KeyFor(audio) : null,
        };
    }

    private static SdpCrypto? KeyFor(MediaDescription audio) =>
        audio.Crypto.FirstOrDefault(line => SrtpMasterKey.Read(line) is not null) is { } line
            ? SrtpMasterKey.Create(SrtpSuite.Find(line.Suite)!).ToCrypto(line.Tag)
            : null;

    private static SdpOrigin NewOrigin(IPAddress address) =>
        SdpOrigin.Create(address, (ulong)RandomNumberGenerator.GetInt32(int.MaxValue));
}
