using Ringfence.Media.Codecs;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.OfferAnswer;

/// <summary>Makes an offer of one audio stream and reads the answer to it (RFC 3264 sections 5 and 7).</summary>
public static class AudioOffer
{
    private const int FirstDynamic = 96;

    /// <summary>No rule, but what nearly every peer uses and some expect.</summary>
    private const byte UsualTelephoneEvent = 101;

    /// <summary>Makes the offer. Its encodings have static payload types where RFC 3551 gives them one.</summary>
    /// <param name="local">What this side has.</param>
    /// <returns>The body, <c>application/sdp</c>.</returns>
    public static byte[] Create(LocalAudio local) => Create(local, Maps(local));

    internal static byte[] Create(LocalAudio local, IReadOnlyList<RtpMap> maps)
    {
        var writer = new SdpWriter(local.Origin)
            .Connection(local.Rtp.Address)
            .Line('t', "0 0")
            .Line(
                'm',
                $"audio {local.Rtp.Port} {(local.Crypto.Count == 0 || local.IsOpportunistic ? "RTP/AVP" : "RTP/SAVP")} "
                    + string.Join(' ', maps.Select(map => map.PayloadType))
            );
        foreach (var map in maps)
        {
            writer.Format(map);
        }
        writer.Attribute("ptime", $"{local.PacketTime}").Attribute(local.Direction.ToAttribute());
        if (local.RtcpMux)
        {
            writer.Attribute("rtcp-mux");
        }
        foreach (var crypto in local.Crypto)
        {
            writer.Attribute("crypto", $"{crypto.Tag} {crypto.Suite} {crypto.KeyParams}");
        }
        return writer.ToArray();
    }

    /// <summary>Reads the answer to an offer of this side.</summary>
    /// <param name="offer">The offer as sent.</param>
    /// <param name="answer">The peer's answer.</param>
    /// <param name="audio">What was agreed on, when there is no fault.</param>
    public static NegotiationFault Accept(
        SessionDescription offer,
        SessionDescription answer,
        out NegotiatedAudio? audio
    )
    {
        audio = null;
        if (offer.Media.Count != answer.Media.Count)
        {
            return NegotiationFault.MediaMismatch;
        }
        var ours = offer.Audio;
        if (ours is null)
        {
            return NegotiationFault.NoAudio;
        }
        var theirs = answer.Media[ours.Index];
        if (theirs.Kind != MediaKind.Audio)
        {
            return NegotiationFault.MediaMismatch;
        }
        if (theirs.IsRejected)
        {
            return NegotiationFault.NoAudio;
        }
        var keys = theirs.Crypto.FirstOrDefault(line => IsOurs(ours, line));
        if (ours.IsSecure != theirs.IsSecure || (ours.IsSecure && keys is null))
        {
            return NegotiationFault.Security;
        }
        var format = theirs.Formats.FirstOrDefault(map => map.IsAudio && ours.Find(map.Format) is not null);
        if (format is null)
        {
            return NegotiationFault.NoCommonFormat;
        }
        audio = Agree(ours, theirs, format, keys);
        return NegotiationFault.None;
    }

    private static bool IsOurs(MediaDescription ours, SdpCrypto line) =>
        ours.Crypto.Any(offered => offered.Tag == line.Tag && offered.Suite == line.Suite);

    private static NegotiatedAudio Agree(MediaDescription ours, MediaDescription theirs, RtpMap format, SdpCrypto? keys)
    {
        var clock = format.Format.ClockRate;
        var events = ours.TelephoneEvent(clock) is null ? null : theirs.TelephoneEvent(clock);
        return new NegotiatedAudio
        {
            MediaIndex = ours.Index,
            Send = format,
            ReceivePayloadType = ours.Find(format.Format)!.PayloadType,
            SendEvents = events,
            ReceiveEvents = events is null ? null : ours.TelephoneEvent(clock)!.PayloadType,
            Remote = theirs.Target,
            RemoteRtcp = theirs.RtcpTarget,
            Direction = ours.Direction & AudioAnswer.Offered(theirs).Mirrored(),
            SendNoise = ours.ComfortNoise(clock) is null ? null : theirs.ComfortNoise(clock)?.PayloadType,
            PacketTime = AudioAnswer.PacketTimeOf(theirs),
            RtcpMux = ours.RtcpMux && theirs.RtcpMux,
            RemoteCrypto = keys,
            LocalCrypto = keys is null ? null : ours.Crypto.First(line => line.Tag == keys.Tag),
        };
    }

    private static List<RtpMap> Maps(LocalAudio local)
    {
        var maps = new List<RtpMap>();
        var dynamic = FirstDynamic;
        foreach (var format in local.Formats)
        {
            maps.Add(new RtpMap(StaticType(format) ?? NextDynamic(ref dynamic), format, null));
        }
        if (local.ComfortNoise && local.Formats.Any(format => format.ClockRate == 8000))
        {
            maps.Add(new RtpMap(RtpMap.ComfortNoiseType, new AudioFormat("CN", 8000), null));
        }
        if (local.TelephoneEvents)
        {
            // One telephone-event for every clock among the encodings (RFC 4733 section 2.2).
            foreach (var clock in local.Formats.Select(format => format.ClockRate).Distinct())
            {
                var type = clock == 8000 ? UsualTelephoneEvent : NextDynamic(ref dynamic);
                maps.Add(new RtpMap(type, new AudioFormat("telephone-event", clock), "0-15"));
            }
        }
        return maps;
    }

    private static byte NextDynamic(ref int dynamic) =>
        (byte)(dynamic == UsualTelephoneEvent ? (dynamic += 2) - 1 : dynamic++);

    private static byte? StaticType(AudioFormat format)
    {
        for (byte type = 0; type < 19; type++)
        {
            if (AudioFormat.OfStatic(type) == format)
            {
                return type;
            }
        }
        return null;
    }
}
