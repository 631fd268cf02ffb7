using Ringfence.Bench.Load;
using Ringfence.Sip.Messages;

namespace Ringfence.Bench.Micro;

/// <summary>The messages that are measured with.</summary>
internal static class SampleMessages
{
    /// <summary>An INVITE of 1.5 kB with Identity, P-Asserted-Identity and SDP.</summary>
    internal static byte[] Invite { get; } = [.. new CallTemplate("+33180001000", 5060, 5062).For(0x1234)];

    internal static SipRequest Request { get; } = (SipRequest)SipParser.Parse(Invite, ParserLimits.Default).Message!;

    internal static byte[] Sdp { get; } =
        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 40002 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\na=sendrecv\r\n"u8.ToArray();
}
