using System.Net;
using Ringfence.Media.Codecs;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.OfferAnswer;

/// <summary>What this side has to put into an offer or an answer for one audio stream.</summary>
public sealed record LocalAudio
{
    /// <summary>Where RTP is received; RTCP is received on the next port unless both share it.</summary>
    public required IPEndPoint Rtp { get; init; }

    /// <summary>The <c>o=</c> line.</summary>
    public required SdpOrigin Origin { get; init; }

    /// <summary>Encodings that can be sent and received, best first.</summary>
    public IReadOnlyList<AudioFormat> Formats { get; init; } = [AudioFormat.Pcma, AudioFormat.Pcmu];

    /// <summary>Whether named telephone events 0 to 15 are understood (RFC 4733).</summary>
    public bool TelephoneEvents { get; init; } = true;

    /// <summary>Whether comfort noise at 8 kHz is offered and accepted (RFC 3389).</summary>
    public bool ComfortNoise { get; init; }

    /// <summary>What this side wants to do; an answer narrows it to what the offer leaves.</summary>
    public MediaDirection Direction { get; init; } = MediaDirection.SendRecv;

    /// <summary>Milliseconds of audio per packet that are offered.</summary>
    public int PacketTime { get; init; } = 20;

    /// <summary>Whether RTCP may share the port of RTP where the peer offers that (RFC 5761).</summary>
    public bool RtcpMux { get; init; }

    /// <summary>
    /// Keys of this side, one for each suite, best first: with them an offer is RTP/SAVP, and one of RTP/SAVP can be answered (RFC 4568).
    /// </summary>
    public IReadOnlyList<SdpCrypto> Crypto { get; init; } = [];

    /// <summary>
    /// Whether the keys are an offer that may be left unanswered: RTP/AVP with keys, plain when the peer gives none of its own
    /// (RFC 8643).
    /// </summary>
    public bool IsOpportunistic { get; init; }
}
