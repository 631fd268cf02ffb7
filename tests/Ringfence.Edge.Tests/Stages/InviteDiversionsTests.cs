using System.Text;
using Ringfence.Edge.Stages;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Tests.Stages;

public sealed class InviteDiversionsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Diversion: <sip:+33199000001@a.example>;reason=unconditional", "+33199000001")]
    [InlineData(
        "Diversion: <sip:+33199000002@a.example>;reason=no-answer, <tel:+33199000001>;reason=unconditional",
        "+33199000001 +33199000002"
    )]
    [InlineData("History-Info: <sip:+33199000001@a.example>;index=1", "")]
    [InlineData(
        "History-Info: <sip:+33199000001@a.example?Reason=SIP%3Bcause%3D302>;index=1, <sip:+33199000002@a.example>;index=1.1",
        "+33199000001"
    )]
    [InlineData(
        "History-Info: <sip:+33199000001@a.example>;index=1, <sip:bob@a.example>;index=1.1;mp=1, <sip:+33199000003@a.example>;index=1.2;mp=1.1",
        "+33199000001 bob@a.example"
    )]
    [InlineData("History-Info: <sip:+33199000001@a.example>;index=1, <sip:+33199000002@a.example>;index=1.1;rc=1", "")]
    [InlineData(
        "History-Info: <sip:+33199000001@a.example>;index=1, <sip:+33199000001@192.0.2.7?Reason=SIP%3Bcause%3D486>;index=1.1;rc=1, <sip:+33199000002@a.example>;index=1.2;mp=1",
        "+33199000001"
    )]
    [InlineData("Diversion: nonsense", "")]
    public void Who_diverted_a_call_is_told_oldest_first(string header, string diverters) =>
        string.Join(' ', InviteDiversions.Of(Invite(header)).Select(party => party.Text)).ShouldBe(diverters);

    [Fact]
    public void A_header_full_of_diverters_is_cut() =>
        InviteDiversions
            .Of(Invite("Diversion: " + string.Join(", ", Enumerable.Range(0, 40).Select(n => $"<tel:+33199{n:D4}>"))))
            .Length.ShouldBe(16);

    private static SipRequest Invite(string header) =>
        (SipRequest)
            SipParser
                .Parse(
                    Encoding.ASCII.GetBytes(
                        "INVITE sip:+33199009999@b.example SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
                            + "From: <sip:+33612345678@c.example>;tag=a\r\nTo: <sip:+33199000001@b.example>\r\n"
                            + $"Call-ID: 1\r\nCSeq: 1 INVITE\r\n{(header.Length == 0 ? "" : header + "\r\n")}"
                            + "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
                    ),
                    ParserLimits.Default
                )
                .Message!;
}
