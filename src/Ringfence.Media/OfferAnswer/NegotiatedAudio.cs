using System.Net;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.OfferAnswer;

/// <summary>What offer and answer agreed on for one audio stream, as seen from this side.</summary>
public sealed record NegotiatedAudio
{
    /// <summary>Place of the <c>m=</c> line.</summary>
    public required int MediaIndex { get; init; }

    /// <summary>Encoding, and the payload type to send it with: that of the peer's description.</summary>
    public required RtpMap Send { get; init; }

    /// <summary>Payload type with which the peer sends the encoding: that of this side's description.</summary>
    public required byte ReceivePayloadType { get; init; }

    /// <summary>Telephone events and the payload type to send them with, or null.</summary>
    public RtpMap? SendEvents { get; init; }

    /// <summary>Payload type with which the peer sends telephone events, or null.</summary>
    public byte? ReceiveEvents { get; init; }

    /// <summary>Payload type to send comfort noise with (RFC 3389), or null where the peer did not ask for it.</summary>
    public byte? SendNoise { get; init; }

    /// <summary>Where RTP goes, or null while the peer is on hold or named by a domain name.</summary>
    public IPEndPoint? Remote { get; init; }

    /// <summary>Where RTCP goes, or null as for <see cref="Remote"/>.</summary>
    public IPEndPoint? RemoteRtcp { get; init; }

    /// <summary>What this side may do.</summary>
    public required MediaDirection Direction { get; init; }

    /// <summary>Milliseconds of audio per packet to send.</summary>
    public required int PacketTime { get; init; }

    /// <summary>Whether RTP and RTCP share a port.</summary>
    public bool RtcpMux { get; init; }

    /// <summary>The peer's keys where the stream is SRTP, or null.</summary>
    public SdpCrypto? RemoteCrypto { get; init; }

    /// <summary>This side's keys where the stream is SRTP, or null.</summary>
    public SdpCrypto? LocalCrypto { get; init; }
}
