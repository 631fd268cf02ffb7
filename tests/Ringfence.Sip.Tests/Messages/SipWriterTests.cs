using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages;

public sealed class SipWriterTests
{
    private readonly SipWriter _writer = new();

    [Fact]
    public void A_request_is_written()
    {
        _writer.StartRequest("BYE"u8, "sip:a@b"u8);
        _writer.Header(HeaderId.MaxForwards, 70);
        _writer.Header("X-Own"u8, "1"u8);
        Wire.Text(_writer.Finish("text/plain"u8, "hi"u8))
            .ShouldBe(
                "BYE sip:a@b SIP/2.0\r\nMax-Forwards: 70\r\nX-Own: 1\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi"
            );
    }

    [Fact]
    public void The_writer_begins_anew_with_every_message()
    {
        _writer.StartRequest("BYE"u8, "sip:a@b"u8);
        _writer.Finish();
        _writer.StartResponse(200, "OK"u8);
        Wire.Text(_writer.Finish()).ShouldBe("SIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n");
    }

    [Theory]
    [InlineData("a\r\nEvil: 1")]
    [InlineData("a\nEvil: 1")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    [InlineData("a\r\n")]
    public void No_line_end_and_no_nul_gets_in_from_a_variable(string value)
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(value);
        Should.Throw<ArgumentException>(() => _writer.StartRequest(bytes, "sip:a@b"u8));
        Should.Throw<ArgumentException>(() => _writer.StartRequest("BYE"u8, bytes));
        Should.Throw<ArgumentException>(() => _writer.StartResponse(200, bytes));
        Should.Throw<ArgumentException>(() => _writer.Header(HeaderId.Subject, bytes));
        Should.Throw<ArgumentException>(() => _writer.Header(bytes, "x"u8));
        Should.Throw<ArgumentException>(() => _writer.Header("X"u8, bytes));
        Should.Throw<ArgumentException>(() => _writer.Append(bytes));
        Should.Throw<ArgumentException>(() => _writer.Finish(bytes, "x"u8));
        var forward = new ForwardWriter();
        forward.Begin(Wire.Request(Wire.Bytes(Wire.Invite)));
        Should.Throw<ArgumentException>(() => forward.ReplaceRequestUri(bytes));
        Should.Throw<ArgumentException>(() => forward.InsertFirst(HeaderId.Via, bytes));
        Should.Throw<ArgumentException>(() => forward.InsertLast("X"u8, bytes));
        Should.Throw<ArgumentException>(() => forward.Replace(0, bytes));
    }

    [Fact]
    public void A_fold_of_a_copied_value_becomes_a_space()
    {
        _writer.StartResponse(200, "OK"u8);
        _writer.Header(HeaderId.Subject, "a\r\n \t b\r\n\tc"u8);
        Wire.Text(_writer.Finish()).ShouldContain("Subject: a b c\r\n");
    }

    [Fact]
    public void A_message_beyond_65535_bytes_comes_to_nothing_and_the_next_one_is_whole()
    {
        _writer.StartRequest("MESSAGE"u8, "sip:a@b"u8);
        _writer.Finish("text/plain"u8, new byte[65_535]).Length.ShouldBe(0);
        _writer.Overflowed.ShouldBeTrue();
        _writer.StartResponse(200, "OK"u8);
        _writer.Overflowed.ShouldBeFalse();
        _writer.Finish().Length.ShouldBe(37);
    }

    [Fact]
    public void A_reply_that_a_peers_headers_make_too_long_comes_to_nothing()
    {
        var limits = new ParserLimits { HeaderSection = 65_535, HeaderLine = 65_535 };
        byte[] bytes = Wire.InviteWith("Via: SIP/2.0/UDP a;x=" + new string('x', 64_000));
        SipRequest request = SipParser.Parse(bytes, limits).Message.ShouldBeOfType<SipRequest>();
        _writer.StartReply(request, 200, "OK"u8, "t"u8, default, 0);
        _writer.Header(
            HeaderId.Subject,
            new byte[2_000]
                .Select(_ => (byte)'s')
                .ToArray()
        );
        _writer.Finish().Length.ShouldBe(0);
        _writer.Overflowed.ShouldBeTrue();
    }

    [Fact]
    public void A_reply_copies_via_from_to_call_id_and_cseq()
    {
        Reply("", "", 0)
            .ShouldBe(
                "SIP/2.0 180 Ringing\r\n"
                    + "Via: SIP/2.0/UDP pc33.atlanta.example:5061;branch=z9hG4bK776asdhds;rport\r\n"
                    + "From: \"Alice\" <sip:alice@atlanta.example>;tag=1928301774\r\n"
                    + "To: Bob <sip:bob@biloxi.example>\r\n"
                    + "Call-ID: a84b4c76e66710@pc33.atlanta.example\r\n"
                    + "CSeq: 314159 INVITE\r\nContent-Length: 0\r\n\r\n"
            );
    }

    [Theory]
    [InlineData("SIP/2.0/UDP 192.0.2.1;branch=b", "SIP/2.0/UDP 192.0.2.1;branch=b")]
    [InlineData("SIP/2.0/UDP 192.0.2.9;branch=b", "SIP/2.0/UDP 192.0.2.9;branch=b;received=192.0.2.1")]
    [InlineData("SIP/2.0/UDP host:5061", "SIP/2.0/UDP host:5061;received=192.0.2.1")]
    [InlineData("SIP/2.0/UDP 192.0.2.1;rport;branch=b", "SIP/2.0/UDP 192.0.2.1;rport=4000;branch=b;received=192.0.2.1")]
    [InlineData("SIP/2.0/UDP 192.0.2.1;rport=9;branch=b", "SIP/2.0/UDP 192.0.2.1;rport=9;branch=b")]
    [InlineData("SIP/2.0/UDP h;received=6.6.6.6;branch=b", "SIP/2.0/UDP h;branch=b;received=192.0.2.1")]
    [InlineData(
        "SIP/2.0/UDP h ; x=\"a;received=b\" ; branch=b",
        "SIP/2.0/UDP h; x=\"a;received=b\"; branch=b;received=192.0.2.1"
    )]
    [InlineData("SIP/2.0/UDP h;a,SIP/2.0/TCP two;rport", "SIP/2.0/UDP h;a;received=192.0.2.1,SIP/2.0/TCP two;rport")]
    [InlineData("SIP/2.0/UDP h;;", "SIP/2.0/UDP h;;")]
    public void Received_and_rport_are_stamped_where_they_are_due(string via, string expected)
    {
        byte[] invite = Wire.InviteBut("SIP/2.0/UDP pc33.atlanta.example:5061;branch=z9hG4bK776asdhds;rport", via);
        Reply("", "192.0.2.1", 4000, invite).ShouldContain($"\r\nVia: {expected}\r\n");
    }

    [Fact]
    public void An_ipv6_sent_by_is_compared_without_its_brackets()
    {
        byte[] invite = Wire.InviteBut("pc33.atlanta.example:5061;branch=z9hG4bK776asdhds;rport", "[2001:DB8::1]:5061");
        Reply("", "2001:db8::1", 4000, invite).ShouldNotContain("received");
        Reply("", "2001:db8::2", 4000, invite).ShouldContain(";received=2001:db8::2\r\n");
    }

    [Fact]
    public void Only_the_top_via_is_stamped()
    {
        string reply = Reply("", "192.0.2.1", 4000, Wire.InviteWith("Via: SIP/2.0/UDP second;rport;branch=c"));
        reply.ShouldContain("\r\nVia: SIP/2.0/UDP second;rport;branch=c\r\n");
        reply.ShouldContain(";rport=4000;received=192.0.2.1\r\n");
    }

    [Fact]
    public void The_to_tag_is_added_once()
    {
        Reply("xyz", "", 0).ShouldContain("To: Bob <sip:bob@biloxi.example>;tag=xyz\r\n");
        byte[] within = Wire.InviteBut("<sip:bob@biloxi.example>\n", "<sip:bob@biloxi.example> ; TAG=old\n");
        Reply("xyz", "", 0, within).ShouldContain("To: Bob <sip:bob@biloxi.example> ; TAG=old\r\n");
        byte[] inUri = Wire.InviteBut("<sip:bob@biloxi.example>\n", "<sip:bob@biloxi.example;tag=uri>\n");
        Reply("xyz", "", 0, inUri).ShouldContain(";tag=uri>;tag=xyz\r\n");
    }

    [Fact]
    public void Timestamp_goes_into_a_100_only()
    {
        SipRequest request = Wire.Request(Wire.InviteWith("Timestamp: 54.1"));
        _writer.StartReply(request, 100, "Trying"u8, default, default, 0);
        Wire.Text(_writer.Finish()).ShouldContain("Timestamp: 54.1\r\n");
        _writer.StartReply(request, 180, "Ringing"u8, default, default, 0);
        Wire.Text(_writer.Finish()).ShouldNotContain("Timestamp");
    }

    [Fact]
    public void Record_route_is_copied_in_order_when_asked_for()
    {
        SipRequest request = Wire.Request(
            Wire.InviteWith("Record-Route: <sip:p2;lr>, <sip:p1;lr>\nRecord-Route: <sip:p0;lr>")
        );
        _writer.StartReply(request, 200, "OK"u8, "t"u8, default, 0);
        _writer.CopyAll(request, HeaderId.RecordRoute);
        SipResponse response = Wire.Response(_writer.Finish());
        response.All(HeaderId.RecordRoute).ShouldBe(["<sip:p2;lr>", "<sip:p1;lr>", "<sip:p0;lr>"]);
    }

    [Fact]
    public void A_malformed_request_is_answered_without_its_line_ends_and_nuls()
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(
            Wire.Text(Wire.InviteWith("Subject: x"))
                .Replace("To: Bob", "To: B\0\nEvil: 1\r\n \r\n ob", StringComparison.Ordinal)
        );
        ParseResult result = SipParser.Parse(bytes, ParserLimits.Default);
        result.Malformed.IsFault.ShouldBeTrue();
        _writer.StartReply(result.Message.ShouldBeOfType<SipRequest>(), 400, "Bad"u8, "t"u8, default, 0);
        string reply = Wire.Text(_writer.Finish());
        reply.ShouldNotContain("\0");
        reply.Split("\r\n").ShouldAllBe(line => !line.Contains('\n') && !line.Contains('\r'));
        reply.ShouldNotContain("\nEvil");
    }

    private string Reply(string tag, string received, int rport, byte[]? invite = null)
    {
        var request = (SipRequest)SipParser.Parse(invite ?? Wire.Bytes(Wire.Invite), ParserLimits.Default).Message!;
        _writer.StartReply(
            request,
            180,
            "Ringing"u8,
            System.Text.Encoding.Latin1.GetBytes(tag),
            System.Text.Encoding.Latin1.GetBytes(received),
            rport
        );
        return Wire.Text(_writer.Finish());
    }
}
