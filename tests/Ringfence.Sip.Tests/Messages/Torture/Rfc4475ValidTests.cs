using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages.Torture;

/// <summary>RFC 4475 §3.1.1: thirteen unusual messages that every parser must accept.</summary>
public sealed class Rfc4475ValidTests
{
    [Fact]
    public void Wsinv_3_1_1_1_a_short_tortuous_invite()
    {
        SipRequest invite = Wire.Request(Torture("wsinv"));
        invite.Method.ShouldBe(SipMethod.Invite);
        invite.Body.Length.ShouldBe(150);
        MaxForwards.TryParse(invite.Value(HeaderId.MaxForwards), out int hops).ShouldBeTrue();
        hops.ShouldBe(68);
        CSeqValue.TryParse(invite.Value(HeaderId.CSeq), out uint number, out _).ShouldBeTrue();
        number.ShouldBe(9u);
        invite.TryGet(HeaderId.Subject, out ReadOnlySpan<byte> subject).ShouldBeTrue();
        subject.Length.ShouldBe(0);

        List<string> hosts = [];
        foreach (ReadOnlySpan<byte> item in invite.Items(HeaderId.Via))
        {
            Via.TryParse(item, out Via via).ShouldBeTrue();
            hosts.Add($"{Wire.Text(via.Transport)} {Wire.Text(via.SentBy.Host)} {Wire.Text(via.Branch)}");
        }

        hosts.ShouldBe([
            "UDP 192.0.2.2 390skdjuw",
            "TCP spindle.example.com z9hG4bK9ikj8",
            "UDP 192.168.255.111 z9hG4bK30239",
        ]);
        NameAddr.TryParse(invite.Value(HeaderId.To), out NameAddr to).ShouldBeTrue();
        Wire.Text(to.Tag).ShouldBe("1918181833n");
        NameAddr.TryParse(invite.Value(HeaderId.From), out NameAddr from).ShouldBeTrue();
        Wire.Text(from.DisplayName).ShouldBe("""J Rosenberg \\\" """.TrimEnd());
        Wire.Text(from.Tag).ShouldBe("98asjd8");
        NameAddr.TryParse(invite.Value(HeaderId.Contact), out NameAddr contact).ShouldBeTrue();
        Wire.Text(contact.Q).ShouldBe("0.33");
        invite.TryGet("unknownheaderwithunusualvalue"u8, out ReadOnlySpan<byte> unusual).ShouldBeTrue();
        Wire.Text(unusual).ShouldBe(";;,,;;,;");
    }

    [Fact]
    public void Intmeth_3_1_1_2_a_wide_range_of_valid_characters()
    {
        SipRequest request = Wire.Request(Torture("intmeth"));
        request.Method.ShouldBe(SipMethod.Other);
        Wire.Text(request.MethodName).ShouldBe("!interesting-Method0123456789_*+`.%indeed'~");
        SipUri.TryParse(request.RequestUri, out SipUri uri).ShouldBeTrue();
        Wire.Text(uri.User).ShouldBe("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*");
        Wire.Text(uri.Password).ShouldBe("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)");
        NameAddr.TryParse(request.Value(HeaderId.To), out NameAddr to).ShouldBeTrue();
        Wire.Text(to.DisplayName).ShouldBe("BEL:\\\a NUL:\\\0 DEL:\\\x7F");
        NameAddr.TryParse(request.Value(HeaderId.From), out NameAddr from).ShouldBeTrue();
        Wire.Text(from.Tag).ShouldBe("_token~1'+`*%!-.");

        // It can be answered: what is sound in the request is sound in the response, the quoted NUL too.
        var writer = new SipWriter();
        writer.StartReply(request, 501, "Not Implemented"u8, "t"u8, default, 0);
        SipResponse response = Wire.Response(writer.Finish());
        response.Value(HeaderId.To, 0).ShouldBe(request.Value(HeaderId.To, 0) + ";tag=t");
    }

    [Fact]
    public void Esc01_3_1_1_3_escapes_are_resolved_once()
    {
        SipRequest invite = Wire.Request(Torture("esc01"));
        SipUri.TryParse(invite.RequestUri, out SipUri uri).ShouldBeTrue();
        uri.IsSips.ShouldBeFalse();
        Wire.Text(uri.User).ShouldBe("sips%3Auser%40example.com");
        Wire.Text(uri.Host).ShouldBe("example.net");
        NameAddr.TryParse(invite.Value(HeaderId.Contact), out NameAddr contact).ShouldBeTrue();
        SipUri.TryParse(contact.Uri, out SipUri target).ShouldBeTrue();
        UriComparison.AreEqual(contact.Uri, "sip:caller@host5.example.net;lr;name=valueA"u8).ShouldBeFalse();
        UriComparison.AreEqual(contact.Uri, "sip:caller@host5.example.net;lr;name=value%2541"u8).ShouldBeTrue();
        Span<byte> room = stackalloc byte[64];
        Wire.Text(room[..EscapedText.Unescape(target.User, room)]).ShouldBe("caller");
        target.IsLoose.ShouldBeTrue();
        target.Parameters.TryGet("name"u8, out ReadOnlySpan<byte> value).ShouldBeTrue();
        Wire.Text(room[..EscapedText.Unescape(value, room)]).ShouldBe("value%41");
    }

    [Fact]
    public void Escnull_3_1_1_4_escaped_nulls_do_not_shorten_a_name()
    {
        SipRequest register = Wire.Request(Torture("escnull"));
        Span<byte> room = stackalloc byte[64];
        List<int> lengths = [];
        foreach (ReadOnlySpan<byte> item in register.Items(HeaderId.Contact))
        {
            NameAddr.TryParse(item, out NameAddr contact).ShouldBeTrue();
            SipUri.TryParse(contact.Uri, out SipUri uri).ShouldBeTrue();
            lengths.Add(EscapedText.Unescape(uri.User, room));
        }

        lengths.ShouldBe([1, 2]);
        UriComparison.AreEqual("sip:%00@host5.example.com"u8, "sip:%00%00@host5.example.com"u8).ShouldBeFalse();
    }

    [Fact]
    public void Esc02_3_1_1_5_a_percent_sign_that_is_no_escape()
    {
        SipRequest request = Wire.Request(Torture("esc02"));
        request.Method.ShouldBe(SipMethod.Other);
        request.All(HeaderId.Contact).Count.ShouldBe(2);
        request.TryGet("C%6Fntact"u8, out _).ShouldBeTrue();
        NameAddr.TryParse(request.Value(HeaderId.To), out NameAddr to).ShouldBeTrue();
        Wire.Text(to.DisplayName).ShouldBe("%Z%45");
    }

    [Fact]
    public void Lwsdisp_3_1_1_6_no_space_between_display_name_and_bracket()
    {
        SipRequest options = Wire.Request(Torture("lwsdisp"));
        NameAddr.TryParse(options.Value(HeaderId.From), out NameAddr from).ShouldBeTrue();
        Wire.Text(from.DisplayName).ShouldBe("caller");
        Wire.Text(from.Uri).ShouldBe("sip:caller@example.com");
    }

    [Fact]
    public void Longreq_3_1_1_7_long_values()
    {
        SipRequest invite = Wire.Request(Torture("longreq"));
        invite.All(HeaderId.Via).Count.ShouldBe(34);
        invite.Body.Length.ShouldBe(150);
        NameAddr.TryParse(invite.Value(HeaderId.From), out NameAddr from).ShouldBeTrue();
        from.Tag.Length.ShouldBe(2 + 150 + 3);
    }

    [Fact]
    public void Dblreq_3_1_1_8_octets_behind_the_body_of_a_datagram_are_ignored()
    {
        SipRequest register = Wire.Request(Torture("dblreq"));
        register.Method.ShouldBe(SipMethod.Register);
        register.Body.Length.ShouldBe(0);
        Wire.Text(register.Bytes).ShouldNotContain("INVITE");
    }

    [Fact]
    public void Semiuri_3_1_1_9_parameters_within_the_user_part()
    {
        SipRequest options = Wire.Request(Torture("semiuri"));
        SipUri.TryParse(options.RequestUri, out SipUri uri).ShouldBeTrue();
        Span<byte> room = stackalloc byte[64];
        Wire.Text(room[..EscapedText.Unescape(uri.User, room)]).ShouldBe("user;par=u@example.net");
    }

    [Fact]
    public void Transports_3_1_1_10_varied_and_unknown_transports()
    {
        List<string> transports = [];
        foreach (ReadOnlySpan<byte> item in Wire.Request(Torture("transports")).Items(HeaderId.Via))
        {
            Via.TryParse(item, out Via via).ShouldBeTrue();
            transports.Add(Wire.Text(via.Transport));
        }

        transports.ShouldBe(["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"]);
    }

    [Fact]
    public void Mpart01_3_1_1_11_a_multipart_body_with_nulls()
    {
        SipRequest message = Wire.Request(Torture("mpart01"));
        message.Body.Length.ShouldBe(553);
        Multipart
            .Find(message, "text"u8, "plain"u8, ParserLimits.Default, out ReadOnlySpan<byte> text)
            .IsFault.ShouldBeFalse();
        Wire.Text(text).ShouldBe("Hello");
        Multipart
            .Find(message, "application"u8, "octet-stream"u8, ParserLimits.Default, out ReadOnlySpan<byte> octets)
            .IsFault.ShouldBeFalse();
        octets[0].ShouldBe((byte)0x30);
        octets.Contains((byte)0).ShouldBeTrue();
    }

    [Fact]
    public void Unreason_3_1_1_12_an_unusual_reason_phrase()
    {
        SipResponse response = Wire.Response(Torture("unreason"));
        response.StatusCode.ShouldBe(200);
        response.ReasonPhrase.StartsWith("= 2**3 * 5**2 "u8).ShouldBeTrue();
    }

    [Fact]
    public void Noreason_3_1_1_13_an_empty_reason_phrase()
    {
        SipResponse response = Wire.Response(Torture("noreason"));
        response.StatusCode.ShouldBe(100);
        response.ReasonPhrase.Length.ShouldBe(0);
    }

    private static byte[] Torture(string name) => Checkout.Read($"Torture/rfc4475/{name}.dat");
}
