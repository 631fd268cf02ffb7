using Ringfence.Media.Codecs;
using Ringfence.Media.Sdp;
using Ringfence.Media.Srtp;

namespace Ringfence.Media.OfferAnswer;

/// <summary>Answers an offer with one audio stream (RFC 3264 section 6).</summary>
public static class AudioAnswer
{
    /// <summary>
    /// Makes the answer: the same <c>m=</c> lines in the same order, the first usable audio accepted with the first
    /// encoding of the offer that this side has, everything else rejected with port 0.
    /// </summary>
    /// <param name="offer">The peer's offer.</param>
    /// <param name="local">What this side has.</param>
    public static AnswerResult Create(SessionDescription offer, LocalAudio local)
    {
        var fault = Choose(offer, local, out var audio, out var format, out var keys);
        if (fault != NegotiationFault.None)
        {
            return new AnswerResult(fault, null, null);
        }
        var negotiated = Agree(audio!, format!, keys, local);
        var writer = new SdpWriter(local.Origin).Connection(local.Rtp.Address);
        var time = offer.Value('t');
        writer.Line('t', time.IsEmpty ? "0 0"u8 : time);
        foreach (var media in offer.Media)
        {
            if (media == audio)
            {
                Accept(writer, media, negotiated, local);
            }
            else
            {
                Reject(writer, media);
            }
        }
        return new AnswerResult(NegotiationFault.None, writer.ToArray(), negotiated);
    }

    internal static void Reject(SdpWriter writer, MediaDescription media) =>
        writer.Line('m', $"{media.KindText} 0 {media.Protocol} {string.Join(' ', media.FormatTokens)}");

    private static NegotiationFault Choose(
        SessionDescription offer,
        LocalAudio local,
        out MediaDescription? audio,
        out RtpMap? format,
        out SdpCrypto? keys
    )
    {
        var fault = NegotiationFault.NoAudio;
        audio = null;
        format = null;
        keys = null;
        foreach (var media in offer.Media)
        {
            if (media.Kind != MediaKind.Audio || media.IsRejected || !media.IsRtp)
            {
                continue;
            }
            keys = media.Crypto.FirstOrDefault(line => Find(local, line) is not null);
            if (keys is null && (media.IsSecure || (local.Crypto.Count > 0 && !local.IsOpportunistic)))
            {
                fault = NegotiationFault.Security;
                continue;
            }
            format = media.Formats.FirstOrDefault(map => map.IsAudio && local.Formats.Contains(map.Format));
            if (format is not null)
            {
                audio = media;
                return NegotiationFault.None;
            }
            fault = NegotiationFault.NoCommonFormat;
        }
        return fault;
    }

    private static NegotiatedAudio Agree(MediaDescription audio, RtpMap format, SdpCrypto? keys, LocalAudio local)
    {
        var events = local.TelephoneEvents ? audio.TelephoneEvent(format.Format.ClockRate) : null;
        return new NegotiatedAudio
        {
            MediaIndex = audio.Index,
            Send = format,
            ReceivePayloadType = format.PayloadType,
            SendEvents = events,
            ReceiveEvents = events?.PayloadType,
            Remote = audio.Target,
            RemoteRtcp = audio.RtcpTarget,
            Direction = local.Direction & Offered(audio).Mirrored(),
            SendNoise = local.ComfortNoise ? audio.ComfortNoise(format.Format.ClockRate)?.PayloadType : null,
            PacketTime = PacketTimeOf(audio),
            RtcpMux = audio.RtcpMux && local.RtcpMux,
            RemoteCrypto = keys,
            LocalCrypto = keys is null ? null : Find(local, keys),
        };
    }

    /// <summary>This side's key for a line of the offer; null when the line is none that can be used here.</summary>
    private static SdpCrypto? Find(LocalAudio local, SdpCrypto line) =>
        SrtpMasterKey.Read(line) is { } key ? local.Crypto.FirstOrDefault(own => own.Suite == key.Suite.Name) : null;

    /// <summary>An offer with address 0.0.0.0 does not want media, whatever its direction says (RFC 3264 section 8.4).</summary>
    internal static MediaDirection Offered(MediaDescription audio) =>
        audio.IsHold ? audio.Direction & ~MediaDirection.RecvOnly : audio.Direction;

    /// <summary>What the peer asks for, in steps of 10 ms between 10 and 60, not above its maximum; otherwise 20.</summary>
    internal static int PacketTimeOf(MediaDescription audio)
    {
        var wanted = audio.PacketTime is { } time and >= 10 and <= 60 && time % 10 == 0 ? time : 20;
        return audio.MaxPacketTime is { } most and >= 10 && most < wanted ? most / 10 * 10 : wanted;
    }

    private static void Accept(SdpWriter writer, MediaDescription media, NegotiatedAudio audio, LocalAudio local)
    {
        var events = audio.SendEvents is { } map ? $" {map.PayloadType}" : "";
        var noise = audio.SendNoise is { } type ? $" {type}" : "";
        writer
            .Line('m', $"{media.KindText} {local.Rtp.Port} {media.Protocol} {audio.Send.PayloadType}{noise}{events}")
            .Format(audio.Send);
        if (audio.SendNoise is { } cn)
        {
            writer.Format(new RtpMap(cn, new AudioFormat("CN", audio.Send.Format.ClockRate), null));
        }
        if (audio.SendEvents is { } telephone)
        {
            writer.Format(telephone with { Parameters = "0-15" });
        }
        writer.Attribute("ptime", $"{audio.PacketTime}").Attribute(audio.Direction.ToAttribute());
        if (audio.RtcpMux)
        {
            writer.Attribute("rtcp-mux");
        }
        if (audio is { RemoteCrypto: { } theirs, LocalCrypto: { } ours })
        {
            writer.Attribute("crypto", $"{theirs.Tag} {ours.Suite} {ours.KeyParams}");
        }
    }
}
