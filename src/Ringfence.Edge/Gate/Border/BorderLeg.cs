using System.Text;
using Ringfence.Media.RtpEngine;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;

namespace Ringfence.Edge.Gate.Border;

/// <summary>
/// One leg at the border, a call of its own there, deleted once whatever becomes of it. Its names are the edge's own: with Call-IDs and
/// tags of the far side a stranger could reach into another's call. On the call's lane.
/// </summary>
/// <param name="border">The border.</param>
/// <param name="lane">Where replies are told.</param>
/// <param name="name">Tells the leg from all others.</param>
internal sealed class BorderLeg(IMediaBorder border, Lane lane, string name)
{
    private const string Far = "far";
    private const string Edge = "edge";

    private readonly string _call = $"ringfence-{name}";
    private bool _isAgreed;
    private int _isDeleted;

    /// <summary>What the far side speaks.</summary>
    internal required RtpEngineSide Side { get; init; }

    /// <summary>What the far side says becomes what this side reads.</summary>
    internal void Enter(ReadOnlyMemory<byte> sdp, bool isOffer, Action<RtpEngineReply> replied) =>
        Cross(sdp, isOffer, Far, RtpEngineSide.Plain, replied);

    /// <summary>What this side says becomes what the far side gets.</summary>
    internal void Leave(ReadOnlyMemory<byte> sdp, bool isOffer, Action<RtpEngineReply> replied) =>
        Cross(sdp, isOffer, Edge, Side, replied);

    /// <summary>A description within the call; null for one that does not cross.</summary>
    internal void Enter(Body description, bool isOffer, Action<Body?> crossed) =>
        Enter(description.Content, isOffer, reply => crossed(Read(reply)));

    /// <summary>A description within the call; null for one that does not cross.</summary>
    internal void Leave(Body description, bool isOffer, Action<Body?> crossed) =>
        Leave(description.Content, isOffer, reply => crossed(Read(reply)));

    internal void Delete()
    {
        if (Interlocked.Exchange(ref _isDeleted, 1) == 0)
        {
            border.Delete(_call);
        }
    }

    /// <summary>rtpengine takes the offerer's tag for from-tag in both: the answer has the names of its offer.</summary>
    private void Cross(
        ReadOnlyMemory<byte> sdp,
        bool isOffer,
        string from,
        RtpEngineSide towards,
        Action<RtpEngineReply> replied
    )
    {
        if (border.IsAway)
        {
            replied(RtpEngineReply.Away);
            return;
        }

        bool isFars = (from == Far) == isOffer;
        (string offerer, string answerer) = isFars ? (Far, Edge) : (Edge, Far);
        var leg = new RtpEngineLeg(_call, offerer, isOffer && !_isAgreed ? null : answerer);
        _isAgreed |= !isOffer;
        string text = Encoding.UTF8.GetString(sdp.Span);
        if (isOffer)
        {
            border.Offer(lane, leg, text, towards, replied);
        }
        else
        {
            // An answer says what its offer has asked for: RTP and RTCP on one port, or not.
            border.Answer(lane, leg, text, towards with { RtcpMux = [] }, replied);
        }
    }

    private static Body? Read(RtpEngineReply reply) =>
        reply.Sdp is { } sdp ? Body.Sdp(Encoding.UTF8.GetBytes(sdp)) : null;
}
