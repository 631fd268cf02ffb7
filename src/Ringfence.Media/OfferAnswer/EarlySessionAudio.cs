using System.Net;
using Ringfence.Media.Codecs;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.OfferAnswer;

/// <summary>Offer and answer of an early session (RFC 3959) with one audio stream.</summary>
public static class EarlySessionAudio
{
    /// <summary>
    /// Offers just what was agreed on for the session itself, under the same payload types: nobody need change the codec when the call
    /// is answered (RFC 3959 section 4).
    /// </summary>
    /// <param name="local">What this side has: the early session's own port and keys.</param>
    /// <param name="session">What was agreed on for the session.</param>
    public static byte[] Offer(LocalAudio local, NegotiatedAudio session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var formats = new List<RtpMap> { session.Send with { PayloadType = session.ReceivePayloadType } };
        if (session.SendNoise is { } noise)
        {
            formats.Add(new RtpMap(noise, new AudioFormat("CN", session.Send.Format.ClockRate), null));
        }
        if (session.ReceiveEvents is { } events)
        {
            formats.Add(new RtpMap(events, new AudioFormat("telephone-event", session.Send.Format.ClockRate), "0-15"));
        }
        return AudioOffer.Create(local, formats);
    }

    /// <summary>Reads the answer.</summary>
    /// <param name="offer">The offer as sent.</param>
    /// <param name="answer">The peer's answer; empty when there was none.</param>
    /// <param name="audio">What was agreed on, where it stands.</param>
    public static EarlySessionAnswer Accept(
        ReadOnlySpan<byte> offer,
        ReadOnlySpan<byte> answer,
        out NegotiatedAudio? audio
    )
    {
        audio = null;
        if (answer.IsEmpty)
        {
            return EarlySessionAnswer.Missing;
        }
        var theirs = SdpParser.Parse(answer);
        if (theirs.IsParsed && theirs.Session.Media.All(media => media.IsRejected))
        {
            return EarlySessionAnswer.Refused;
        }
        return
            theirs.IsParsed
            && AudioOffer.Accept(SdpParser.Parse(offer).Session!, theirs.Session, out audio) == NegotiationFault.None
            ? EarlySessionAnswer.Accepted
            : EarlySessionAnswer.Unusable;
    }

    /// <summary>The answer that refuses an offer: port 0 for each of its streams.</summary>
    /// <param name="offer">The peer's offer.</param>
    /// <param name="address">This side's address.</param>
    /// <param name="id">Number of the session in the <c>o=</c> line.</param>
    public static byte[] Refuse(SessionDescription offer, IPAddress address, ulong id)
    {
        ArgumentNullException.ThrowIfNull(offer);
        var writer = new SdpWriter(SdpOrigin.Create(address, id)).Connection(address);
        var time = offer.Value('t');
        writer.Line('t', time.IsEmpty ? "0 0"u8 : time);
        foreach (var media in offer.Media)
        {
            AudioAnswer.Reject(writer, media);
        }
        return writer.ToArray();
    }
}
