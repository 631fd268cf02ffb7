using System.Net;
using Ringfence.Edge.Gate;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;
using Ringfence.Sip.Calls;

namespace Ringfence.Edge.Stages;

/// <content>Early sessions (RFC 3959): towards the caller, and of callees, where each is one more early stream.</content>
internal sealed partial class GateMedia
{
    private readonly Dictionary<int, LocalAudio> _described = [];
    private readonly HashSet<EarlyFork> _earlySessions = [];
    private (IMediaStream Stream, int Number)? _earlyPort;

    /// <inheritdoc/>
    public IPAddress Address => _audio.Local.Rtp.Address;

    /// <inheritdoc/>
    public CallerEarlySession? EarlySession => _audio.EarlySession;

    /// <inheritdoc/>
    public Body ProgressFor(IncomingCall caller) => _audio.Progress(caller);

    /// <inheritdoc/>
    public bool TryEarlySession(EarlyFork fork, ReadOnlySpan<byte> offer, out byte[] answer)
    {
        LocalAudio session = _described[fork.Leg];
        answer = RefusedEarlySession.Of(offer, session.Rtp.Address) ?? [];
        MediaDescription? audio = SdpParser.Parse(offer).Session?.Audio;
        bool isRequired = session is { Crypto.Count: > 0, IsOpportunistic: false };
        if (audio is null || (isRequired && !audio.IsSecure) || EarlyPort() is not { } port)
        {
            return false;
        }

        LocalAudio local = session with
        {
            Rtp = new IPEndPoint(session.Rtp.Address, port),
            Origin = GateAudio.NewOrigin(session.Rtp.Address),
            Crypto = session.Crypto.Count > 0 && GateAudio.KeyFor(audio) is { } key ? [key] : [],
            IsOpportunistic = !audio.IsSecure,
        };
        AnswerResult agreed = AudioAnswer.Create(SdpParser.Parse(offer).Session!, local);
        if (!agreed.IsAnswered || !GateSession.IsReadable(agreed.Audio))
        {
            return false;
        }

        // P-Early-Media says nothing of early sessions (RFC 5009 §7): what the trunk allows, they may.
        _earlySessions.Add(fork);
        _relay.EarlySession(fork.EarlySessionName, agreed.Audio, -fork.Leg, Direction(_setup.Authorized));
        answer = agreed.Body;
        return true;
    }

    /// <summary>One port for all callees: they are told apart by where they send from, as on the port of the sessions.</summary>
    private int? EarlyPort()
    {
        if (_earlyPort is null && _setup.Services.RtpPorts.Open() is { } sockets)
        {
            MediaClock clock = _setup.Services.MediaClock;
            IMediaStream stream = _relay.OpenEarlyPort(sockets, clock.Remove);
            clock.Add(stream);
            _earlyPort = (stream, sockets.Rtp.LocalEndPoint.Port);
        }

        return _earlyPort?.Number;
    }

    private void CloseEarlyPort()
    {
        if (_earlyPort is { } port)
        {
            _setup.Services.MediaClock.Remove(port.Stream);
        }
    }
}
