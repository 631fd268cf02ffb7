using System.Net;
using Ringfence.Edge.Challenge;
using Ringfence.Edge.Stages;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Relay;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;
using Ringfence.Media.Srtp;
using Ringfence.Sip.Calls;

namespace Ringfence.Edge.Gate;

/// <summary>
/// The application-server model towards one caller (RFC 3960 §4): what is early goes over a session of its own, which the first reliable
/// 18x offers and its PRACK answers. A caller that refuses it, or leaves it unanswered, hears everything in the session itself (the gateway
/// model). On the call's lane.
/// </summary>
internal sealed class CallerEarlySession
{
    private readonly MediaClock _clock;
    private readonly RtpRelay _relay;
    private readonly IMediaStream _port;
    private readonly byte[] _offer;
    private readonly SdpCrypto? _ours;
    private bool _isPending;
    private bool _isOver;

    private CallerEarlySession(MediaClock clock, RtpRelay relay, IMediaStream port, byte[] offer, SdpCrypto? ours)
    {
        _clock = clock;
        _relay = relay;
        _port = port;
        _offer = offer;
        _ours = ours;
    }

    /// <summary>What came of the offer, for the call record; empty before.</summary>
    internal string Outcome { get; private set; } = "";

    /// <summary>Whether what is early goes over it, or will as soon as the caller has answered.</summary>
    internal bool IsUsed { get; private set; }

    /// <summary>Opens its ports; null where the caller is not to be offered one, or no ports are left. Before the relay is driven.</summary>
    internal static CallerEarlySession? Open(
        IncomingCall caller,
        GateSetup setup,
        RtpRelay relay,
        LocalAudio local,
        NegotiatedAudio? agreed
    )
    {
        if (agreed is null || !caller.MayOfferEarlySession || setup.Services.RtpPorts.Open() is not { } sockets)
        {
            return null;
        }

        // A key of its own, where the session has one: never the same key stream twice (RFC 3711 §9.1).
        SdpCrypto? ours =
            agreed.LocalCrypto is { } session && SrtpSuite.Find(session.Suite) is { } suite
                ? SrtpMasterKey.Create(suite).ToCrypto(1)
                : null;
        byte[] offer = EarlySessionAudio.Offer(
            local with
            {
                Rtp = new IPEndPoint(local.Rtp.Address, sockets.Rtp.LocalEndPoint.Port),
                Origin = GateAudio.NewOrigin(local.Rtp.Address),
                PacketTime = agreed.PacketTime,
                Crypto = ours is null ? [] : [ours],
            },
            agreed
        );
        MediaClock clock = setup.Services.MediaClock;
        IMediaStream port = relay.OfferEarlySession(sockets, clock.Remove);
        clock.Add(port);
        return new CallerEarlySession(clock, relay, port, offer, ours);
    }

    /// <summary>The body of the first response with media: the answer of the session, and the offer of this one beside it.</summary>
    internal Body Beside(IncomingCall caller, ReadOnlyMemory<byte> answer)
    {
        if (_isPending || _isOver || !caller.MayOfferEarlySession)
        {
            Over();
            return Body.Sdp(answer);
        }

        _isPending = IsUsed = true;
        return Body.EarlySdp(_offer, answer);
    }

    /// <summary>The PRACK has come, with this answer or none.</summary>
    internal void Answered(ReadOnlySpan<byte> answer)
    {
        _isPending = false;
        EarlySessionAnswer said = EarlySessionAudio.Accept(_offer, answer, out NegotiatedAudio? audio);
        if (said == EarlySessionAnswer.Accepted && !TryUse(audio!))
        {
            said = EarlySessionAnswer.Unusable;
        }

        Outcome = Text(said);
        IsUsed = said == EarlySessionAnswer.Accepted;
        if (!IsUsed || _isOver)
        {
            _relay.BeginRegularSession();
        }
    }

    /// <summary>The call is answered, or the caller is not spoken to early: from now on everything goes over the session itself.</summary>
    internal void Over()
    {
        _isOver = true;
        if (!_isPending)
        {
            // While the PRACK is out the 200 is not: the session begins behind it (RFC 3262 §3).
            IsUsed = false;
            _relay.BeginRegularSession();
        }
    }

    internal void Close() => _clock.Remove(_port);

    private bool TryUse(NegotiatedAudio audio)
    {
        if (!CallerAudio.CanBeSpokenTo(audio))
        {
            return false;
        }

        if (audio.RemoteCrypto is { } theirs)
        {
            if (SrtpMasterKey.Read(theirs) is not { } key)
            {
                return false;
            }

            _relay.Secure(_relay.CallerEarly!, SrtpMasterKey.Read(_ours!)!, key);
        }

        _relay.Negotiated(_relay.CallerEarly!, audio);
        return true;
    }

    private static string Text(EarlySessionAnswer said) =>
        said switch
        {
            EarlySessionAnswer.Accepted => "early session",
            EarlySessionAnswer.Refused => "early session refused",
            EarlySessionAnswer.Missing => "early session not answered",
            _ => "early session answered with what cannot be used",
        };
}
