using System.Text;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Stages;
using Ringfence.Edge.Telemetry;
using Ringfence.Media.RtpEngine;
using Ringfence.Media.Sdp;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Gate.Border;

/// <summary>
/// A call that waits until its offer and the edge's answer have crossed the border, once and before anything is said to the caller:
/// the answer stays the same through the call. A caller that gives up meanwhile is let go. On the call's lane.
/// </summary>
internal sealed class BorderCrossing : IIncomingCallListener
{
    private readonly IncomingCall _caller;
    private readonly GateSetup _setup;
    private readonly IMediaBorder _border;
    private readonly Action<GateAudio?, int> _opened;
    private readonly BorderLeg _leg;
    private readonly SessionDescription _offer;
    private bool _isGone;

    private BorderCrossing(
        IncomingCall caller,
        GateSetup setup,
        IMediaBorder border,
        SessionDescription offer,
        Action<GateAudio?, int> opened
    )
    {
        _caller = caller;
        _setup = setup;
        _border = border;
        _offer = offer;
        _opened = opened;
        _leg = new BorderLeg(border, setup.Lane, setup.Journal.Id) { Side = SideOf(offer) };
    }

    /// <summary>
    /// Opens audio for a caller behind the border; what comes of it is told now or later, with the status to refuse with where it
    /// cannot be, 0 when the caller has gone, which has then been noted.
    /// </summary>
    internal static void Begin(
        IncomingCall caller,
        GateSetup setup,
        IMediaBorder border,
        Action<GateAudio?, int> opened
    )
    {
        SdpParseResult parsed = SdpParser.Parse(SdpBody.Of(caller.Request));
        if (!parsed.IsParsed)
        {
            // Without an offer there is nothing to hand over.
            setup.Journal.GateReason = "no offer for rtpengine";
            opened(null, caller.Request.Body.IsEmpty ? 488 : 400);
            return;
        }

        if (parsed.Session.Audio is null)
        {
            opened(null, 488);
            return;
        }

        var crossing = new BorderCrossing(caller, setup, border, parsed.Session, opened);
        if (border.IsAway)
        {
            crossing.Fail(RtpEngineReply.Away);
            return;
        }

        caller.Listener = crossing;
        crossing._leg.Enter(parsed.Session.Bytes, isOffer: true, crossing.Offered);
    }

    /// <inheritdoc/>
    public void OnEnded(Call call, CallEnd end, SipMessage? message)
    {
        _isGone = true;
        _setup.Journal.Refused(end == CallEnd.Cancelled ? 487 : 0);
        _setup.Journal.Close("caller");
        _setup.Services.Early.Meters.Crossed(_setup.Trunk.Name, "given up");
        _opened(null, 0);
    }

    private void Offered(RtpEngineReply reply)
    {
        if (_isGone)
        {
            _leg.Delete();
        }
        else if (reply.Sdp is not { } sdp || !TryParse(sdp, out SessionDescription plain))
        {
            _leg.Delete();
            Fail(reply);
        }
        else if (GateAudio.Open(_setup, plain, _border.Local, out int statusCode) is { } audio)
        {
            audio.Border = _leg;
            _leg.Leave(audio.Answer, isOffer: false, answered => Answered(audio, answered));
        }
        else
        {
            _leg.Delete();
            GoOn(null, statusCode);
        }
    }

    private void Answered(GateAudio audio, RtpEngineReply reply)
    {
        if (_isGone)
        {
            audio.Close();
        }
        else if (reply.Sdp is { } sdp)
        {
            audio.Cross(Encoding.UTF8.GetBytes(sdp));
            _setup.Services.Early.Meters.Crossed(_setup.Trunk.Name, "rtpengine");
            GoOn(audio, 0);
        }
        else
        {
            audio.Close();
            Fail(reply);
        }
    }

    /// <summary>By the edge alone where the trunk wants that and the caller can do without ICE and DTLS; else 503.</summary>
    private void Fail(RtpEngineReply reply)
    {
        string trunk = _setup.Trunk.Name;
        string why = Why(reply);
        _setup.Journal.GateReason = $"rtpengine: {why}";
        if (_setup.Trunk.Configuration.MediaWhenAway == TrunkMedia.Own && !NeedsBorder(_offer))
        {
            BorderLog.OnItsOwn(_setup.Services.Log, _setup.Journal.Id, trunk, why);
            _setup.Services.Early.Meters.Crossed(trunk, "own");
            GoOn(GateAudio.OpenOwn(_caller, _setup, _offer, out int statusCode), statusCode);
            return;
        }

        BorderLog.Refused(_setup.Services.Log, _setup.Journal.Id, trunk, why);
        _setup.Services.Early.Meters.Crossed(trunk, "refused");
        GoOn(null, 503);
    }

    /// <summary>What went wrong, in rtpengine's own words where it said some.</summary>
    internal static string Why(RtpEngineReply reply) => reply.Reason.Length > 0 ? reply.Reason : reply.Fault.ToString();

    private void GoOn(GateAudio? audio, int statusCode)
    {
        _caller.Listener = null;
        _opened(audio, statusCode);
    }

    /// <summary>DTLS-SRTP (RFC 5763): nobody else here has it.</summary>
    private static bool NeedsBorder(SessionDescription offer) =>
        offer.Bytes.Span.IndexOf("\na=fingerprint:"u8) >= 0
        || offer.Audio?.Protocol.Contains("/TLS/", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The caller gets what it speaks itself.</summary>
    private static RtpEngineSide SideOf(SessionDescription offer) =>
        new()
        {
            Transport = offer.Audio!.Protocol,
            Ice = offer.Bytes.Span.IndexOf("\na=ice-ufrag:"u8) >= 0 ? "force" : "remove",
            RtcpMux = offer.Bytes.Span.IndexOf("\na=rtcp-mux"u8) >= 0 ? ["offer"] : ["demux"],
        };

    private static bool TryParse(string sdp, out SessionDescription session)
    {
        SdpParseResult parsed = SdpParser.Parse(Encoding.UTF8.GetBytes(sdp));
        session = parsed.Session!;
        return parsed.IsParsed;
    }
}
