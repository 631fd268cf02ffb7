using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages.Torture;

/// <summary>
/// RFC 4475 §3.2 to §3.4: seventeen messages that are judged above the parser. Here: that the parser lets them through or not,
/// and hands on the facts that the judgement needs.
/// </summary>
public sealed class Rfc4475SemanticTests
{
    [Fact]
    public void Badbranch_3_2_1_a_cookie_without_an_identifier_is_no_transaction_id()
    {
        Via.TryParse(Wire.Request(Torture("badbranch")).Value(HeaderId.Via), out Via via).ShouldBeTrue();
        via.HasTransactionId.ShouldBeFalse();
    }

    [Fact]
    public void Insuf_3_3_1_missing_headers_earn_400_and_can_be_answered()
    {
        ParseResult result = Wire.Judge(Torture("insuf"));
        result.Malformed.Fault.ShouldBe(Fault.MandatoryHeaderMissing);
        result.Malformed.StatusCode.ShouldBe(400);
        var writer = new SipWriter();
        SipRequest request = result.Message.ShouldBeOfType<SipRequest>();
        writer.StartReply(request, 400, "Missing Mandatory Header"u8, "t"u8, default, 0);
        Wire.Text(writer.Finish())
            .ShouldBe(
                "SIP/2.0 400 Missing Mandatory Header\r\nVia: SIP/2.0/UDP 192.0.2.95;branch=z9hG4bKkdj.insuf\r\n"
                    + "CSeq: 193942 INVITE\r\nContent-Length: 0\r\n\r\n"
            );
    }

    [Fact]
    public void Unkscm_3_3_2_an_unknown_scheme_is_well_formed_and_told_apart_for_416() =>
        SipUri.SchemeOf(Wire.Request(Torture("unkscm")).RequestUri).ShouldBe(UriScheme.Other);

    [Fact]
    public void Novelsc_3_3_3_an_atypical_scheme_is_well_formed_and_told_apart_for_416() =>
        SipUri.SchemeOf(Wire.Request(Torture("novelsc")).RequestUri).ShouldBe(UriScheme.Other);

    [Fact]
    public void Unksm2_3_3_4_unknown_schemes_in_to_from_and_contact_are_well_formed()
    {
        SipRequest register = Wire.Request(Torture("unksm2"));
        NameAddr.TryParse(register.Value(HeaderId.To), out NameAddr to).ShouldBeTrue();
        SipUri.SchemeOf(to.Uri).ShouldBe(UriScheme.Other);
    }

    [Fact]
    public void Bext01_3_3_5_what_is_required_is_listed_for_420()
    {
        SipRequest options = Wire.Request(Torture("bext01"));
        options.All(HeaderId.Require).ShouldBe(["nothingSupportsThis", "nothingSupportsThisEither"]);
        options.All(HeaderId.ProxyRequire).ShouldBe(["noProxiesSupportThis", "norDoAnyProxiesSupportThis"]);
        OptionTags.Has(options, HeaderId.Require, "nothingsupportsthis"u8).ShouldBeTrue();
    }

    [Fact]
    public void Invut_3_3_6_an_unknown_body_is_told_apart_for_415()
    {
        SipRequest invite = Wire.Request(Torture("invut"));
        ContentType.TryParse(invite.Value(HeaderId.ContentType), out ContentType type).ShouldBeTrue();
        type.Is("application"u8, "sdp"u8).ShouldBeFalse();
        Multipart.FindSdp(invite, ParserLimits.Default, out ReadOnlySpan<byte> sdp).IsFault.ShouldBeFalse();
        sdp.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Regaut01_3_3_7_an_unknown_authorization_scheme_is_no_digest()
    {
        ReadOnlySpan<byte> value = Wire.Request(Torture("regaut01")).Value(HeaderId.Authorization);
        AuthHeader.TryParse(value, out AuthHeader header).ShouldBeTrue();
        header.IsDigest.ShouldBeFalse();
        header.TryGet("OPAQUE-data"u8, out ReadOnlySpan<byte> opaque).ShouldBeTrue();
        Wire.Text(opaque).ShouldBe("here");
    }

    [Fact]
    public void Multi01_3_3_8_single_headers_that_come_twice_earn_400()
    {
        ParseResult result = Wire.Judge(Torture("multi01"));
        result.Malformed.Fault.ShouldBe(Fault.DuplicateHeader);
        result.Malformed.StatusCode.ShouldBe(400);
    }

    [Fact]
    public void Mcl01_3_3_9_two_content_lengths_earn_400_and_close_a_stream()
    {
        ParseResult result = Wire.Judge(Torture("mcl01"));
        result.Malformed.Fault.ShouldBe(Fault.ContentLength);
        result.Malformed.StatusCode.ShouldBe(400);
        Frame frame = new SipFramer(ParserLimits.Default).Read(Torture("mcl01"));
        frame.Status.ShouldBe(FrameStatus.Malformed);
        frame.Message.ShouldBeOfType<SipRequest>();
    }

    [Fact]
    public void Bcast_3_3_10_a_response_for_a_broadcast_address_is_seen_as_such()
    {
        SipResponse response = Wire.Response(Torture("bcast"));
        Via.TryParse(System.Text.Encoding.Latin1.GetBytes(response.All(HeaderId.Via)[1]), out Via via).ShouldBeTrue();
        Wire.Text(via.SentBy.Host).ShouldBe("255.255.255.255");
    }

    [Fact]
    public void Zeromf_3_3_11_no_hops_left_is_a_sound_request()
    {
        MaxForwards.TryParse(Wire.Request(Torture("zeromf")).Value(HeaderId.MaxForwards), out int hops).ShouldBeTrue();
        hops.ShouldBe(0);
    }

    [Fact]
    public void Cparam01_3_3_12_a_parameter_outside_brackets_is_the_headers()
    {
        NameAddr
            .TryParse(Wire.Request(Torture("cparam01")).Value(HeaderId.Contact), out NameAddr contact)
            .ShouldBeTrue();
        Wire.Text(contact.Uri).ShouldBe("sip:+19725552222@gw1.example.net");
        contact.TryGetParameter("unknownparam"u8, out _).ShouldBeTrue();
    }

    [Fact]
    public void Cparam02_3_3_13_a_parameter_within_brackets_is_the_uris()
    {
        NameAddr
            .TryParse(Wire.Request(Torture("cparam02")).Value(HeaderId.Contact), out NameAddr contact)
            .ShouldBeTrue();
        contact.TryGetParameter("unknownparam"u8, out _).ShouldBeFalse();
        SipUri.TryParse(contact.Uri, out SipUri uri).ShouldBeTrue();
        uri.Parameters.TryGet("unknownparam"u8, out _).ShouldBeTrue();
    }

    [Fact]
    public void Regescrt_3_3_14_a_contact_may_carry_an_escaped_header()
    {
        NameAddr
            .TryParse(Wire.Request(Torture("regescrt")).Value(HeaderId.Contact), out NameAddr contact)
            .ShouldBeTrue();
        SipUri.TryParse(contact.Uri, out SipUri uri).ShouldBeTrue();
        uri.Headers.TryGet("route"u8, out ReadOnlySpan<byte> route).ShouldBeTrue();
        Wire.Text(route).ShouldBe("%3Csip:sip.example.com%3E");
    }

    [Fact]
    public void Sdp01_3_3_15_an_accept_without_sdp_is_told_apart_for_406() =>
        Wire.Request(Torture("sdp01")).All(HeaderId.Accept).ShouldBe(["text/nobodyKnowsThis"]);

    [Fact]
    public void Inv2543_3_4_1_an_invite_of_rfc_2543_is_accepted()
    {
        SipRequest invite = Wire.Request(Torture("inv2543"));
        Via.TryParse(invite.Value(HeaderId.Via), out Via via).ShouldBeTrue();
        via.HasTransactionId.ShouldBeFalse();
        invite.Has(HeaderId.MaxForwards).ShouldBeFalse();
        Multipart.FindSdp(invite, ParserLimits.Default, out ReadOnlySpan<byte> sdp).IsFault.ShouldBeFalse();
        sdp.Length.ShouldBe(invite.Body.Length);
    }

    private static byte[] Torture(string name) => Checkout.Read($"Torture/rfc4475/{name}.dat");
}
