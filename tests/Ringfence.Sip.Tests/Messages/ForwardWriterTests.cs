using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages;

public sealed class ForwardWriterTests
{
    private readonly ForwardWriter _forward = new();

    [Fact]
    public void Without_edits_a_message_leaves_byte_for_byte()
    {
        foreach (string name in new[] { "wsinv", "intmeth", "mpart01", "longreq", "unreason", "esc01", "escnull" })
        {
            SipMessage message = Wire.Judge(Checkout.Read($"Torture/rfc4475/{name}.dat")).Message!;
            _forward.Begin(message);
            _forward.Finish().SequenceEqual(message.Bytes).ShouldBeTrue(name);
        }
    }

    [Fact]
    public void The_edits_of_a_proxy_are_made_and_nothing_else()
    {
        SipRequest request = Wire.Request(
            Wire.InviteWith("Route: <sip:me;lr>,\n  <sip:next;lr>\nX-Odd :  kept\n  as it is ")
        );
        _forward.Begin(request);
        _forward.ReplaceRequestUri("sip:bob@192.0.2.4"u8);
        _forward.InsertFirst(HeaderId.Via, "SIP/2.0/UDP me;branch=z9hG4bK1"u8);
        _forward.RemoveFirstItem(HeaderId.Route).ShouldBeTrue();
        _forward.Replace(request.IndexOf(HeaderId.MaxForwards, 0), "69"u8);
        _forward.InsertLast("X-Edge"u8, "1"u8);
        string expected = Wire.Text(request.Bytes)
            .Replace("INVITE sip:bob@biloxi.example SIP", "INVITE sip:bob@192.0.2.4 SIP", StringComparison.Ordinal)
            .Replace(
                "\r\nVia: SIP/2.0/UDP pc",
                "\r\nVia: SIP/2.0/UDP me;branch=z9hG4bK1\r\nVia: SIP/2.0/UDP pc",
                StringComparison.Ordinal
            )
            .Replace("<sip:me;lr>,\r\n  <sip:next;lr>", "<sip:next;lr>", StringComparison.Ordinal)
            .Replace("Max-Forwards: 70", "Max-Forwards: 69", StringComparison.Ordinal)
            .Replace("Content-Length: 0\r\n", "Content-Length: 0\r\nX-Edge: 1\r\n", StringComparison.Ordinal);
        Wire.Text(_forward.Finish()).ShouldBe(expected);
    }

    [Fact]
    public void The_last_value_of_a_list_takes_its_line_along()
    {
        SipRequest request = Wire.Request(Wire.InviteWith("Route: <sip:me,you@edge;lr>"));
        _forward.Begin(request);
        _forward.RemoveFirstItem(HeaderId.Route).ShouldBeTrue();
        Wire.Text(_forward.Finish()).ShouldBe(Wire.Text(Wire.Bytes(Wire.Invite)));
        _forward.Begin(request);
        _forward.RemoveFirstItem(HeaderId.RecordRoute).ShouldBeFalse();
    }

    [Fact]
    public void A_response_loses_the_top_via()
    {
        byte[] bytes = Checkout.Read("Torture/rfc4475/bcast.dat");
        SipResponse response = Wire.Response(bytes);
        _forward.Begin(response);
        _forward.RemoveFirstItem(HeaderId.Via);
        Wire.Response(_forward.Finish())
            .All(HeaderId.Via)
            .ShouldBe(["SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23"]);
    }

    [Fact]
    public void Every_line_with_an_id_can_be_removed()
    {
        _forward.Begin(Wire.Request(Wire.InviteWith("y: a;info=<b>\nSubject: s\nIdentity: c;info=<d>")));
        _forward.RemoveAll(HeaderId.Identity);
        SipRequest forwarded = Wire.Request(_forward.Finish());
        forwarded.Has(HeaderId.Identity).ShouldBeFalse();
        forwarded.Has(HeaderId.Subject).ShouldBeTrue();
    }

    [Fact]
    public void Another_body_brings_its_type_and_length()
    {
        _forward.Begin(Wire.Request(Wire.InviteBut("Content-Length: 0\n\n", "c: text/plain\nl: 2\n\nhi")));
        _forward.ReplaceBody("application/sdp"u8, "v=0\r\n"u8);
        SipRequest forwarded = Wire.Request(_forward.Finish());
        forwarded.All(HeaderId.ContentType).ShouldBe(["application/sdp"]);
        forwarded.All(HeaderId.ContentLength).ShouldBe(["5"]);
        Wire.Text(forwarded.Body).ShouldBe("v=0\r\n");
    }

    [Fact]
    public void A_body_can_be_removed_with_its_type()
    {
        _forward.Begin(Wire.Request(Wire.InviteBut("Content-Length: 0\n\n", "c: text/plain\nl: 2\n\nhi")));
        _forward.ReplaceBody(default, default);
        SipRequest forwarded = Wire.Request(_forward.Finish());
        forwarded.Has(HeaderId.ContentType).ShouldBeFalse();
        forwarded.All(HeaderId.ContentLength).ShouldBe(["0"]);
    }

    [Fact]
    public void A_message_without_content_length_gets_one()
    {
        SipRequest request = Wire.Request(Checkout.Read("Torture/rfc4475/inv2543.dat"));
        _forward.Begin(request);
        SipRequest forwarded = Wire.Request(_forward.Finish());
        forwarded.All(HeaderId.ContentLength).ShouldBe([$"{request.Body.Length}"]);
        forwarded.Body.SequenceEqual(request.Body).ShouldBeTrue();
    }

    [Fact]
    public void Bytes_behind_the_body_of_a_datagram_are_not_forwarded()
    {
        _forward.Begin(Wire.Request(Checkout.Read("Torture/rfc4475/dblreq.dat")));
        Wire.Text(_forward.Finish()).ShouldNotContain("INVITE");
    }

    [Fact]
    public void What_would_exceed_65535_bytes_comes_to_nothing()
    {
        _forward.Begin(Wire.Request(Wire.Bytes(Wire.Invite)));
        _forward.ReplaceBody("text/plain"u8, new byte[65_300]);
        _forward.Finish().Length.ShouldBe(0);
        _forward.Overflowed.ShouldBeTrue();
        _forward.Begin(Wire.Request(Wire.Bytes(Wire.Invite)));
        _forward.ReplaceBody("text/plain"u8, new byte[70_000]);
        _forward.InsertLast(HeaderId.Subject, "x"u8);
        _forward.Finish().Length.ShouldBe(0);
        _forward.Begin(Wire.Request(Wire.Bytes(Wire.Invite)));
        _forward.Finish().Length.ShouldBe(Wire.Bytes(Wire.Invite).Length);
    }
}
