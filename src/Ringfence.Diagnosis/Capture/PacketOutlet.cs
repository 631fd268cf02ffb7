using Ringfence.Diagnosis.Capture.Hep;

namespace Ringfence.Diagnosis.Capture;

/// <summary>Where decoded packets leave: counts them and tells SIP from the rest.</summary>
internal sealed class PacketOutlet(ICaptureSink sink)
{
    public long SipMessages { get; private set; }

    public long Datagrams { get; private set; }

    /// <summary>A whole UDP payload, whatever it is.</summary>
    public void Datagram(in CapturedPacket packet)
    {
        if (TrySip(packet))
        {
            return;
        }

        Media(packet);
    }

    /// <summary>A whole UDP payload that cannot be SIP.</summary>
    public void Media(in CapturedPacket packet)
    {
        Datagrams++;
        sink.OnDatagram(packet);
    }

    /// <summary>A whole message, if it is SIP; false if it is not.</summary>
    public bool TrySip(in CapturedPacket packet)
    {
        var payload = packet.Payload;
        if (payload.IsEmpty || payload[0] >= 0x80)
        {
            return false;
        }

        var lineEnds = SipSniffer.LeadingLineEnds(payload);
        if (SipSniffer.Look(payload[lineEnds..]) != SipLikeness.Yes)
        {
            return false;
        }

        SipMessages++;
        if (lineEnds == 0)
        {
            sink.OnSip(packet);
        }
        else
        {
            sink.OnSip(With(packet, payload[lineEnds..]));
        }

        return true;
    }

    /// <summary>One packet of a capture agent.</summary>
    public void Hep(in FrameStamp stamp, in HepPacket packet)
    {
        const int Sip = 1;
        const int Rtcp = 5;
        const int Rtp = 4;
        if (packet.PayloadType is not (Sip or Rtcp or Rtp))
        {
            return;
        }

        var captured = new CapturedPacket
        {
            Frame = stamp.Number,
            Time = packet.Time == 0 ? stamp.Time : packet.Time,
            Late = packet.Time == 0 ? 0 : stamp.Time - packet.Time,
            Input = stamp.Input,
            Source = packet.Source,
            Destination = packet.Destination,
            Transport = packet.Transport,
            Origin = PacketOrigin.Hep,
            Payload = packet.Compressed ? HepPayload.Inflate(packet.Payload) : packet.Payload,
        };
        if (packet.PayloadType == Sip)
        {
            _ = TrySip(captured);
        }
        else
        {
            Datagram(captured);
        }
    }

    public void Unreachable(in CapturedPacket packet) => sink.OnUnreachable(packet);

    private static CapturedPacket With(in CapturedPacket packet, ReadOnlySpan<byte> payload) =>
        new()
        {
            Frame = packet.Frame,
            Time = packet.Time,
            Late = packet.Late,
            Input = packet.Input,
            Source = packet.Source,
            Destination = packet.Destination,
            Transport = packet.Transport,
            Origin = packet.Origin,
            Dscp = packet.Dscp,
            Truncated = packet.Truncated,
            Payload = payload,
        };
}
