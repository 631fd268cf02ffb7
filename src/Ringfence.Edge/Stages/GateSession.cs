using Ringfence.Edge.Gate;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Relay;
using Ringfence.Media.Sdp;
using Ringfence.Media.Srtp;
using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Calls;

namespace Ringfence.Edge.Stages;

/// <summary>
/// Session descriptions within a gated call that stands: media stays with the relay, so each leg is told of the relay's own ports; what
/// crosses is the direction, so that who is held knows it. Each description is the next version of the one before (RFC 3264 §8).
/// </summary>
internal sealed class GateSession : ISessionBridge
{
    private readonly RtpRelay _relay;
    private readonly Dictionary<int, LocalAudio> _callees = [];
    private readonly SessionDescription?[] _offered = new SessionDescription?[2];
    private readonly MediaDirection[] _directions = [MediaDirection.SendRecv, MediaDirection.SendRecv];
    private LocalAudio _caller;
    private EarlyFork _callee;
    private SessionDescription? _asked;
    private string? _callerKey;

    /// <param name="relay">The call's media.</param>
    /// <param name="caller">What the caller is told first.</param>
    /// <param name="agreed">What was agreed on with the caller; null where it made no offer.</param>
    internal GateSession(RtpRelay relay, LocalAudio caller, NegotiatedAudio? agreed)
    {
        _relay = relay;
        _callerKey = agreed?.RemoteCrypto?.KeyParams;
        _caller = agreed is null ? caller : Keeping(caller, agreed);
    }

    /// <inheritdoc/>
    public bool IsAnchored => true;

    /// <summary>A far leg is called, and told this.</summary>
    internal void Calling(int leg, LocalAudio callee) => _callees[leg] = callee;

    /// <summary>The callee is this dialog's.</summary>
    internal void Speaks(EarlyFork fork) => _callee = fork;

    /// <summary>The call is this dialog's, and this was agreed on in it.</summary>
    internal void Joined(EarlyFork fork, NegotiatedAudio audio)
    {
        _callee = fork;
        _callees[fork.Leg] = Keeping(_callees[fork.Leg], audio);
    }

    /// <inheritdoc/>
    public Body? Offer(Leg from, in Body offer)
    {
        if (
            Parse(offer) is not { } session
            || AudioAnswer.Create(session, from == Leg.Caller ? _caller : _callees[_callee.Leg])
                is not { IsAnswered: true } own
            || !IsUsable(from, own.Audio)
        )
        {
            return null;
        }

        _asked = session;
        return OfferTo(1 - from, own.Audio.Direction.Mirrored());
    }

    /// <inheritdoc/>
    public Body? Answer(Leg from, in Body answer)
    {
        if (Accept(from, answer) is not { } audio)
        {
            return null;
        }

        if (_asked is not { } asked)
        {
            return Body.None;
        }

        _asked = null;
        return AnswerTo(1 - from, asked, audio.Direction.Mirrored());
    }

    /// <inheritdoc/>
    public void Refused(Leg from) => _asked = null;

    /// <inheritdoc/>
    public Body? AnswerAlone(Leg from, in Body offer) =>
        Parse(offer) is { } session ? AnswerTo(from, session, MediaDirection.SendRecv) : null;

    /// <inheritdoc/>
    public Body? OfferAlone(Leg to) => OfferTo(to, MediaDirection.SendRecv);

    /// <inheritdoc/>
    public Body AnsweredAlone(Leg from, in Body answer)
    {
        if (Accept(from, answer) is not { } audio)
        {
            return Body.None;
        }

        MediaDirection direction = audio.Direction.Mirrored();
        return direction == _directions[1 - (int)from] ? Body.None : OfferTo(1 - from, direction);
    }

    private Body OfferTo(Leg to, MediaDirection direction)
    {
        byte[] offer = AudioOffer.Create(Next(to) with { Direction = direction });
        _offered[(int)to] = SdpParser.Parse(offer).Session;
        return Body.Sdp(offer);
    }

    private Body? AnswerTo(Leg to, SessionDescription offer, MediaDirection direction)
    {
        AnswerResult answer = AudioAnswer.Create(offer, Next(to) with { Direction = direction });
        if (!answer.IsAnswered || !IsUsable(to, answer.Audio))
        {
            return null;
        }

        Agreed(to, answer.Audio);
        return Body.Sdp(answer.Body);
    }

    private NegotiatedAudio? Accept(Leg from, in Body answer)
    {
        if (
            Parse(answer) is not { } session
            || _offered[(int)from] is not { } offer
            || AudioOffer.Accept(offer, session, out NegotiatedAudio? audio) != NegotiationFault.None
            || !IsUsable(from, audio!)
        )
        {
            return null;
        }

        Agreed(from, audio!);
        return audio;
    }

    private void Agreed(Leg leg, NegotiatedAudio audio)
    {
        _directions[(int)leg] = audio.Direction;
        if (leg == Leg.Caller && audio.RemoteCrypto is { } keys && keys.KeyParams != _callerKey)
        {
            _callerKey = keys.KeyParams;
            _relay.Rekey(_relay.Caller, SrtpMasterKey.Read(keys)!);
        }

        if (leg == Leg.Caller)
        {
            _caller = Keeping(_caller, audio);
            _relay.Negotiated(_relay.Caller, audio);
        }
        else
        {
            Joined(_callee, audio);
            _relay.Early(_callee.Name, audio, -_callee.Leg);
        }
    }

    /// <summary>Plain RTP, or SRTP whose keys are of a kind that is understood here.</summary>
    internal static bool IsReadable(NegotiatedAudio audio) =>
        audio.RemoteCrypto is not { } keys || SrtpMasterKey.Read(keys) is not null;

    /// <summary>What is spoken already is offered first: nobody need change the encoding because somebody is put on hold.</summary>
    private static LocalAudio Keeping(LocalAudio local, NegotiatedAudio audio) =>
        local with
        {
            Formats = [audio.Send.Format, .. local.Formats.Where(format => format != audio.Send.Format)],
        };

    /// <summary>A caller whose media is SRTP does not leave that within the call.</summary>
    private bool IsUsable(Leg leg, NegotiatedAudio audio) =>
        IsReadable(audio) && (leg != Leg.Caller || _callerKey is null || audio.RemoteCrypto is not null);

    private LocalAudio Next(Leg leg)
    {
        LocalAudio last = leg == Leg.Caller ? _caller : _callees[_callee.Leg];
        LocalAudio next = last with { Origin = last.Origin.Next() };
        if (leg == Leg.Caller)
        {
            _caller = next;
        }
        else
        {
            _callees[_callee.Leg] = next;
        }

        return next;
    }

    private static SessionDescription? Parse(in Body body)
    {
        SdpParseResult result = SdpParser.Parse(body.Content.Span);
        return result.IsParsed ? result.Session : null;
    }
}
