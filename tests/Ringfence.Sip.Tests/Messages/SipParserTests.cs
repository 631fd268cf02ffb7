using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages;

public sealed class SipParserTests
{
    [Fact]
    public void A_message_is_its_exact_bytes()
    {
        byte[] bytes = Wire.Bytes(Wire.Invite);
        SipRequest request = Wire.Request(bytes);
        request.Bytes.SequenceEqual(bytes).ShouldBeTrue();
        request.Method.ShouldBe(SipMethod.Invite);
        Wire.Text(request.RequestUri).ShouldBe("sip:bob@biloxi.example");
        request.Headers.Length.ShouldBe(8);
    }

    [Theory]
    [InlineData("v", HeaderId.Via)]
    [InlineData("F", HeaderId.From)]
    [InlineData("y", HeaderId.Identity)]
    [InlineData("idENTity", HeaderId.Identity)]
    [InlineData("x", HeaderId.SessionExpires)]
    [InlineData("WWW-AUTHENTICATE", HeaderId.WwwAuthenticate)]
    [InlineData("Y-afg", HeaderId.Other)]
    [InlineData("Vi@", HeaderId.Other)]
    [InlineData("6ia", HeaderId.Other)]
    [InlineData("", HeaderId.Other)]
    public void A_header_name_is_known_by_the_whole_of_it_in_any_case(string name, HeaderId id) =>
        HeaderNames.Find(Encoding.Latin1.GetBytes(name)).ShouldBe(id);

    [Fact]
    public void Every_known_header_is_found_by_its_name()
    {
        foreach (HeaderId id in Enum.GetValues<HeaderId>().Where(id => id != HeaderId.Other))
        {
            HeaderNames.Find(HeaderNames.Name(id)).ShouldBe(id);
        }
    }

    [Fact]
    public void The_version_is_read_in_any_case() =>
        Wire.Request(Wire.InviteBut(" SIP/2.0\nVia", " sip/2.0\nVia")).Method.ShouldBe(SipMethod.Invite);

    [Theory]
    [InlineData("", Fault.NotSip)]
    [InlineData("\n\n", Fault.NotSip)]
    [InlineData("hello\n\n", Fault.NotSip)]
    [InlineData("GET / HTTP/1.1\nHost: a\n\n", Fault.NotSip)]
    [InlineData("INVITE sip:a@b\n\n", Fault.NotSip)]
    [InlineData("INV<ITE sip:a@b SIP/2.0\n\n", Fault.NotSip)]
    [InlineData("INVITE  SIP/2.0\n\n", Fault.StartLine)]
    [InlineData("INVITE sip:a@b SIP/2.1\n\n", Fault.Version)]
    [InlineData("SIP/2.0 99 Low\n\n", Fault.StatusCode)]
    [InlineData("SIP/2.0 700 High\n\n", Fault.StatusCode)]
    [InlineData("SIP/2.0 200\n\n", Fault.StatusCode)]
    [InlineData("SIP/2.0 2x0 OK\n\n", Fault.StatusCode)]
    [InlineData("SIP/2.0 +20 OK\n\n", Fault.StatusCode)]
    [InlineData("SIP/3.0 200 OK\n\n", Fault.StatusCode)]
    public void A_bad_start_line_is_told(string text, Fault fault) =>
        SipParser.Parse(Wire.Bytes(text), ParserLimits.Default).Malformed.Fault.ShouldBe(fault);

    [Theory]
    [InlineData("no colon here", Fault.HeaderName)]
    [InlineData(": no name", Fault.HeaderName)]
    [InlineData("Bad@Name: x", Fault.HeaderName)]
    [InlineData("Subject: a\0b", Fault.ControlCharacter)]
    [InlineData("Subject: a\x01b", Fault.ControlCharacter)]
    [InlineData("To: sip:other@example.net", Fault.DuplicateHeader)]
    [InlineData("Max-Forwards: 5", Fault.DuplicateHeader)]
    [InlineData("Content-Length: 0", Fault.ContentLength)]
    public void A_bad_header_line_earns_400(string line, Fault fault)
    {
        Malformed malformed = SipParser.Parse(Wire.InviteWith(line), ParserLimits.Default).Malformed;
        malformed.Fault.ShouldBe(fault);
        malformed.StatusCode.ShouldBe(400);
    }

    [Theory]
    [InlineData("Via")]
    [InlineData("To")]
    [InlineData("From")]
    [InlineData("Call-ID")]
    [InlineData("CSeq")]
    public void Each_mandatory_header_is_missed(string name)
    {
        string text = string.Join(
            '\n',
            Wire.Invite.Split('\n').Where(line => !line.StartsWith(name + ":", StringComparison.Ordinal))
        );
        ParseResult result = SipParser.Parse(Wire.Bytes(text), ParserLimits.Default);
        result.Malformed.Fault.ShouldBe(Fault.MandatoryHeaderMissing);
        Wire.Text(HeaderNames.Name(result.Malformed.Header)).ShouldBe(name);
        result.Message.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("1 INVITE", true)]
    [InlineData("0 INVITE", true)]
    [InlineData("2147483647 \t INVITE", true)]
    [InlineData("2147483648 INVITE", false)]
    [InlineData("-1 INVITE", false)]
    [InlineData("+1 INVITE", false)]
    [InlineData("1INVITE", false)]
    [InlineData("INVITE", false)]
    [InlineData("1 ", false)]
    [InlineData("1", false)]
    [InlineData("", false)]
    [InlineData("1 INVITE x", false)]
    public void A_cseq_is_a_number_below_two_to_the_31_and_a_method(string value, bool isSound) =>
        CSeqValue.TryParse(Encoding.Latin1.GetBytes(value), out _, out _).ShouldBe(isSound);

    [Fact]
    public void Limits_are_kept_and_earn_their_status()
    {
        Status(Wire.InviteBut("sip:bob@biloxi.example SIP", $"sip:{new string('b', 1024)}@b SIP")).ShouldBe(414);
        Status(Wire.InviteWith("Subject: " + new string('s', 8 * 1024))).ShouldBe(513);
        Status(Wire.InviteWith("Identity: " + new string('s', 9 * 1024))).ShouldBe(0);
        Status(Wire.InviteWith("Identity: " + new string('s', 16 * 1024))).ShouldBe(513);
        Status(Wire.InviteWith(string.Join('\n', Enumerable.Repeat("W: y", 121)))).ShouldBe(513);
        Wire.Judge(Wire.InviteWith(string.Join('\n', Enumerable.Repeat("W: y", 120))))
            .Malformed.ShouldBe(Malformed.None);
        Status(Wire.InviteWith(string.Join('\n', Enumerable.Repeat("Via: SIP/2.0/UDP a", 70)))).ShouldBe(513);
        Status(Wire.InviteWith("Via: " + string.Join(',', Enumerable.Repeat("SIP/2.0/UDP a", 70)))).ShouldBe(513);
        Status(Wire.InviteWith("Via: " + string.Join(',', Enumerable.Repeat("SIP/2.0/UDP a", 69)))).ShouldBe(0);
        Status(Wire.InviteWith(string.Join('\n', Enumerable.Repeat("Identity: a;info=<b>", 5)))).ShouldBe(513);
        Status(Wire.InviteWith("Identity: a,b,c,d,e")).ShouldBe(513);
        Status(Wire.InviteWith("Identity: a,b,c,d")).ShouldBe(0);
        string body = new('b', 32 * 1024 + 1);
        Status([.. Wire.InviteBut("Content-Length: 0", "Content-Length: 32769"), .. Encoding.Latin1.GetBytes(body)])
            .ShouldBe(413);
        static int Status(byte[] bytes) => Wire.Judge(bytes).Malformed.StatusCode;
    }

    [Fact]
    public void A_header_section_beyond_its_limit_can_still_be_answered_with_513()
    {
        byte[] bytes = Wire.InviteBut(
            "Content-Length: 0",
            "Subject: " + new string('s', 17_000) + "\nContent-Length: 0"
        );
        ParseResult result = SipParser.Parse(bytes, ParserLimits.Default);
        result.Malformed.StatusCode.ShouldBe(513);
        SipRequest request = result.Message.ShouldBeOfType<SipRequest>();
        request.Bytes.Length.ShouldBe(ParserLimits.Default.HeaderSection);
        var writer = new SipWriter();
        writer.StartReply(request, 513, result.Malformed.ReasonPhrase, "t"u8, "192.0.2.1"u8, 5060);
        Wire.Response(writer.Finish()).StatusCode.ShouldBe(513);

        byte[] endless = Wire.InviteBut("sip:bob@biloxi.example SIP", $"sip:{new string('b', 17_000)}@b SIP");
        SipParser.Parse(endless, ParserLimits.Default).Message.ShouldBeNull();
    }

    [Fact]
    public void Items_of_a_list_are_walked_over_all_lines()
    {
        SipRequest request = Wire.Request(
            Wire.InviteWith("Route: <sip:a;lr>, \"x, \\\"y\" <sip:b,c@d>;p=\"q,r\"\nX: z\nRoute:<sip:c>,\n <sip:d>")
        );
        request
            .All(HeaderId.Route)
            .ShouldBe(["<sip:a;lr>", "\"x, \\\"y\" <sip:b,c@d>;p=\"q,r\"", "<sip:c>", "<sip:d>"]);
    }
}
