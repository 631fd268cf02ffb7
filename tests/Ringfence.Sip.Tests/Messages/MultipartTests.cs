using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages;

public sealed class MultipartTests
{
    [Fact]
    public void The_sdp_is_found_next_to_other_parts()
    {
        Find(
                "multipart/mixed;boundary=x",
                "--x\nContent-Type: text/plain\n\nhi\n--x\nc: application/SDP\n\nv=0\n\n--x--"
            )
            .ShouldBe("v=0\r\n");
    }

    [Fact]
    public void The_sdp_is_found_in_a_nested_part_and_with_a_quoted_boundary()
    {
        const string Inner = "--in\nContent-Type: application/sdp\nContent-Disposition: session\n\nv=0\n--in--\n";
        Find(
                "multipart/mixed; boundary=\"out er\"",
                $"preamble\n--out er  \nContent-Type: multipart/alternative;boundary=in\n\n{Inner}\n--out er--\nepilogue"
            )
            .ShouldBe("v=0");
    }

    [Fact]
    public void A_body_of_the_type_itself_is_found() => Find("application/sdp", "v=0\n").ShouldBe("v=0\r\n");

    [Fact]
    public void A_part_without_headers_is_plain_text() =>
        Find("multipart/mixed;boundary=x", "--x\n\nv=0\n--x--").ShouldBe("");

    [Fact]
    public void A_line_that_only_begins_like_the_boundary_is_content() =>
        Find("multipart/mixed;boundary=x", "--x\nContent-Type: application/sdp\n\nv=0\n--xy\n --x\n--x--")
            .ShouldBe("v=0\r\n--xy\r\n --x");

    [Theory]
    [InlineData("multipart/mixed", "--x\n\na\n--x--")]
    [InlineData("multipart/mixed;boundary=x", "no boundary at all")]
    [InlineData("multipart/mixed;boundary=x", "--x--")]
    [InlineData("multipart/mixed;boundary=x", "--x\n\nnever closed")]
    [InlineData("multipart/mixed;boundary=x", "--x\nContent-Type: text/plain\nno empty line\n--x--")]
    [InlineData("multipart/mixed;boundary=x", "--x\nContent-Type: nonsense\n\na\n--x--")]
    public void A_broken_multipart_is_a_fault(string type, string body) => Find(type, body).ShouldBe("Multipart 400");

    [Fact]
    public void A_boundary_beyond_seventy_bytes_is_a_fault()
    {
        string boundary = new('b', 71);
        Find("multipart/mixed;boundary=" + boundary, $"--{boundary}\n\na\n--{boundary}--").ShouldBe("Multipart 400");
    }

    [Fact]
    public void Thirty_two_parts_are_walked_and_no_more()
    {
        Find("multipart/mixed;boundary=x", Parts(31) + "--x\nContent-Type: application/sdp\n\nv=0\n--x--")
            .ShouldBe("v=0");
        Find("multipart/mixed;boundary=x", Parts(32) + "--x\nContent-Type: application/sdp\n\nv=0\n--x--")
            .ShouldBe("Multipart 400");
        static string Parts(int count) => string.Concat(Enumerable.Repeat("--x\n\na\n", count));
    }

    [Theory]
    [InlineData(8, "v=0")]
    [InlineData(9, "Multipart 400")]
    [InlineData(200, "Multipart 400")]
    public void Nesting_is_followed_eight_levels_deep(int depth, string expected)
    {
        string body = "v=0";
        string type = "application/sdp";
        for (int level = 0; level < depth; level++)
        {
            body = $"--b{level}.\nContent-Type: {type}\n\n{body}\n--b{level}.--\n";
            type = $"multipart/mixed;boundary=b{level}.";
        }

        Find(type, body).ShouldBe(expected);
    }

    private static string Find(string type, string body)
    {
        byte[] content = Wire.Bytes(body);
        string head = Wire.Invite.Replace(
            "Content-Length: 0",
            $"Content-Type: {type}\nContent-Length: {content.Length}",
            StringComparison.Ordinal
        );
        SipRequest request = Wire.Request([.. Wire.Bytes(head), .. content]);
        Malformed malformed = Multipart.FindSdp(request, ParserLimits.Default, out ReadOnlySpan<byte> sdp);
        return malformed.IsFault ? $"{malformed.Fault} {malformed.StatusCode}" : Encoding.Latin1.GetString(sdp);
    }

    /// <summary>RFC 3959 §7, figure 3.</summary>
    private const string OfferAndAnswer =
        "--boundary1\nContent-Type: application/sdp\nContent-Disposition: session\n\nv=0\nm=audio 30000 RTP/AVP 0\n\n"
        + "--boundary1\nContent-Type: application/sdp\nContent-Disposition: early-session\n\nv=0\nm=audio 30002 RTP/AVP 0\n\n"
        + "--boundary1--";

    [Theory]
    [InlineData("")]
    [InlineData("Content-Disposition: early-session\n")]
    public void An_early_session_is_never_taken_for_the_session(string disposition)
    {
        SipMessage figure3 = Message("multipart/mixed; boundary=\"boundary1\"", OfferAndAnswer, disposition);
        Multipart.FindSdp(figure3, ParserLimits.Default, out ReadOnlySpan<byte> session).IsFault.ShouldBeFalse();
        Multipart.FindEarlySdp(figure3, ParserLimits.Default, out ReadOnlySpan<byte> early).IsFault.ShouldBeFalse();
        Encoding.ASCII.GetString(session).ShouldContain("30000");
        Encoding.ASCII.GetString(early).ShouldContain("30002");

        // Figure 4: the early answer alone.
        SipMessage alone = Message("application/sdp", "v=0\nm=audio 20002 RTP/AVP 0\n", disposition);
        Multipart.FindSdp(alone, ParserLimits.Default, out session).IsFault.ShouldBeFalse();
        Multipart.FindEarlySdp(alone, ParserLimits.Default, out early).IsFault.ShouldBeFalse();
        (session.IsEmpty, early.IsEmpty).ShouldBe((disposition.Length > 0, disposition.Length == 0));
    }

    private static SipMessage Message(string type, string body, string headers)
    {
        body = body.ReplaceLineEndings("\r\n");
        return Wire.Response(
            Wire.Bytes(
                "SIP/2.0 183 Session Progress\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nFrom: <sip:a@a>;tag=1\r\nTo: <sip:b@b>;tag=2\r\n"
                    + $"Call-ID: c\r\nCSeq: 1 INVITE\r\n{headers.ReplaceLineEndings("\r\n")}Content-Type: {type}\r\n"
                    + $"Content-Length: {body.Length}\r\n\r\n{body}"
            )
        );
    }
}
