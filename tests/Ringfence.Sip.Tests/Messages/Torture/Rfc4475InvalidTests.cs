using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages.Torture;

/// <summary>RFC 4475 §3.1.2: nineteen invalid messages, each with the outcome that the RFC prefers.</summary>
public sealed class Rfc4475InvalidTests
{
    [Fact]
    public void Badinv01_3_1_2_1_extraneous_separators_earn_400() => Refused("badinv01", Fault.Via, 400);

    [Fact]
    public void Clerr_3_1_2_2_a_content_length_beyond_the_datagram_earns_400() =>
        Refused("clerr", Fault.BodyTruncated, 400);

    [Fact]
    public void Clerr_3_1_2_2_on_a_stream_waits_for_the_rest() =>
        new SipFramer(ParserLimits.Default).Read(Torture("clerr")).Status.ShouldBe(FrameStatus.NeedMore);

    [Fact]
    public void Ncl_3_1_2_3_a_negative_content_length_earns_400() => Refused("ncl", Fault.ContentLength, 400);

    [Fact]
    public void Ncl_3_1_2_3_on_a_stream_closes_it() =>
        new SipFramer(ParserLimits.Default).Read(Torture("ncl")).Status.ShouldBe(FrameStatus.Malformed);

    [Fact]
    public void Scalar02_3_1_2_4_overlarge_scalars_in_a_request_earn_400() => Refused("scalar02", Fault.CSeq, 400);

    [Fact]
    public void Scalarlg_3_1_2_5_overlarge_scalars_in_a_response_discard_it()
    {
        ParseResult result = Wire.Judge(Torture("scalarlg"));
        result.IsSound.ShouldBeFalse();
        SipMessage message = result.Message.ShouldBeOfType<SipResponse>();
        RetryAfter.TryParse(message.Value(HeaderId.RetryAfter), out _, out _).ShouldBeFalse();
        Warning.TryParse(message.Value(HeaderId.Warning), out _).ShouldBeFalse();
    }

    [Fact]
    public void Quotbal_3_1_2_6_an_open_quote_earns_400() => Refused("quotbal", Fault.UnbalancedQuote, 400);

    [Fact]
    public void Ltgtruri_3_1_2_7_a_request_uri_in_brackets_earns_400() => Refused("ltgtruri", Fault.RequestUri, 400);

    [Fact]
    public void Lwsruri_3_1_2_8_white_space_in_the_request_uri_earns_400() => Refused("lwsruri", Fault.StartLine, 400);

    [Fact]
    public void Lwsstart_3_1_2_9_several_spaces_in_the_request_line_earn_400() =>
        Refused("lwsstart", Fault.StartLine, 400);

    [Fact]
    public void Trws_3_1_2_10_spaces_behind_the_version_earn_400() => Refused("trws", Fault.StartLine, 400);

    [Fact]
    public void Escruri_3_1_2_11_headers_in_the_request_uri_earn_400() => Refused("escruri", Fault.RequestUri, 400);

    /// <summary>The request is served unless its date matters, and then the date is no date.</summary>
    [Fact]
    public void Baddate_3_1_2_12_a_foreign_time_zone_is_no_date() =>
        SipDate.TryParse(Wire.Request(Torture("baddate")).Value(HeaderId.Date), out _).ShouldBeFalse();

    [Fact]
    public void Regbadct_3_1_2_13_a_uri_with_headers_outside_brackets_earns_400() =>
        Refused("regbadct", Fault.NameAddr, 400);

    [Fact]
    public void Badaspec_3_1_2_14_spaces_within_an_addr_spec_earn_400() => Refused("badaspec", Fault.NameAddr, 400);

    /// <summary>The archive's bytes lack the empty line too; with it, the display name is what is refused.</summary>
    [Fact]
    public void Baddn_3_1_2_15_a_display_name_that_needs_quotes_earns_400()
    {
        Refused("baddn", Fault.NoEndOfHeaders, 400);
        Wire.Judge([.. Torture("baddn"), .. "\r\n"u8]).Malformed.Fault.ShouldBe(Fault.NameAddr);
    }

    [Fact]
    public void Badvers_3_1_2_16_another_version_earns_505() => Refused("badvers", Fault.Version, 505);

    [Fact]
    public void Mismatch01_3_1_2_17_start_line_and_cseq_that_differ_earn_400() =>
        Refused("mismatch01", Fault.CSeqMethod, 400);

    [Fact]
    public void Mismatch02_3_1_2_18_the_same_with_an_unknown_method_earns_501() =>
        Refused("mismatch02", Fault.UnknownMethod, 501);

    [Fact]
    public void Bigcode_3_1_2_19_an_overlarge_response_code_drops_the_response()
    {
        ParseResult result = Wire.Judge(Torture("bigcode"));
        result.Message.ShouldBeNull();
        result.Malformed.Fault.ShouldBe(Fault.StatusCode);
    }

    /// <summary>Refused with a status, and a response with that status can be written.</summary>
    private static void Refused(string name, Fault fault, int status)
    {
        ParseResult result = Wire.Judge(Torture(name));
        result.Malformed.Fault.ShouldBe(fault);
        result.Malformed.StatusCode.ShouldBe(status);
        result.Malformed.Section.ShouldStartWith("RFC ");

        var writer = new SipWriter();
        SipRequest request = result.Message.ShouldBeOfType<SipRequest>();
        writer.StartReply(request, status, result.Malformed.ReasonPhrase, "t"u8, "192.0.2.200"u8, 5060);
        SipParser
            .Parse(writer.Finish(), ParserLimits.Default)
            .Message.ShouldBeOfType<SipResponse>()
            .StatusCode.ShouldBe(status);
    }

    private static byte[] Torture(string name) => Checkout.Read($"Torture/rfc4475/{name}.dat");
}
