namespace Ringfence.Diagnosis.Capture;

/// <summary>Takes the packets of a capture as a forward stream. Nothing may be kept of a packet but copies.</summary>
public interface ICaptureSink
{
    /// <summary>One SIP message, framed: start line to the end of its body.</summary>
    void OnSip(in CapturedPacket packet);

    /// <summary>One UDP datagram that is not SIP: RTP, RTCP, STUN, DTLS, or something else.</summary>
    void OnDatagram(in CapturedPacket packet);

    /// <summary>
    /// An ICMP error (RFC 792, RFC 4443) that quotes a UDP or TCP packet. Source and destination are those of the quoted packet;
    /// the payload is what is quoted behind its transport header.
    /// </summary>
    void OnUnreachable(in CapturedPacket packet);
}
