using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages.Torture;

/// <summary>RFC 5118 §4: IPv6 addresses in SIP messages.</summary>
public sealed class Rfc5118Tests
{
    [Fact]
    public void Ipv6_good_4_1_a_reference_in_brackets()
    {
        SipUri.TryParse(Wire.Request(Torture("ipv6-good")).RequestUri, out SipUri uri).ShouldBeTrue();
        Wire.Text(uri.Host).ShouldBe("[2001:db8::10]");
        Wire.Text(uri.At.Address).ShouldBe("2001:db8::10");
        uri.Port.ShouldBe(0);
    }

    [Fact]
    public void Ipv6_bad_4_2_an_address_without_brackets_earns_400()
    {
        ParseResult result = Wire.Judge(Torture("ipv6-bad"));
        result.Malformed.Fault.ShouldBe(Fault.RequestUri);
        result.Malformed.StatusCode.ShouldBe(400);
    }

    [Fact]
    public void Port_ambiguous_4_3_what_stands_in_the_brackets_is_the_address()
    {
        SipUri.TryParse(Wire.Request(Torture("port-ambiguous")).RequestUri, out SipUri uri).ShouldBeTrue();
        Wire.Text(uri.Host).ShouldBe("[2001:db8::10:5070]");
        uri.Port.ShouldBe(0);
    }

    [Fact]
    public void Port_unambiguous_4_4_what_stands_behind_the_brackets_is_the_port()
    {
        SipUri.TryParse(Wire.Request(Torture("port-unambiguous")).RequestUri, out SipUri uri).ShouldBeTrue();
        Wire.Text(uri.Host).ShouldBe("[2001:db8::10]");
        uri.Port.ShouldBe(5070);
    }

    [Theory]
    [InlineData("via-received-param-with-delim", "[2001:db8::9:255]")]
    [InlineData("via-received-param-no-delim", "2001:db8::9:255")]
    public void Via_received_param_4_5_with_and_without_brackets(string name, string received)
    {
        Via.TryParse(Wire.Request(Torture(name)).Value(HeaderId.Via), out Via via).ShouldBeTrue();
        Wire.Text(via.Received).ShouldBe(received);
        Wire.Text(via.SentBy.Host).ShouldBe("[2001:db8::9:1]");
    }

    [Fact]
    public void Ipv6_in_sdp_4_6_the_body_is_whole()
    {
        SipRequest invite = Wire.Request(Torture("ipv6-in-sdp"));
        Multipart.FindSdp(invite, ParserLimits.Default, out ReadOnlySpan<byte> sdp).IsFault.ShouldBeFalse();
        Wire.Text(sdp).ShouldContain("c=IN IP6 2001:db8::20");
    }

    [Fact]
    public void Mult_ip_in_header_4_7_addresses_of_both_kinds()
    {
        List<string> hosts = [];
        foreach (ReadOnlySpan<byte> item in Wire.Request(Torture("mult-ip-in-header")).Items(HeaderId.Via))
        {
            Via.TryParse(item, out Via via).ShouldBeTrue();
            hosts.Add($"{Wire.Text(via.SentBy.Host)} {via.SentBy.Port}");
        }

        hosts.ShouldBe(["[2001:db8::9:1] 6050", "192.0.2.1 0", "[2001:db8::9:255] 0"]);
    }

    [Fact]
    public void Mult_ip_in_sdp_4_8_addresses_of_both_kinds()
    {
        Multipart
            .FindSdp(Wire.Request(Torture("mult-ip-in-sdp")), ParserLimits.Default, out ReadOnlySpan<byte> sdp)
            .IsFault.ShouldBeFalse();
        Wire.Text(sdp).ShouldContain("IN IP4");
        Wire.Text(sdp).ShouldContain("IN IP6");
    }

    [Fact]
    public void Ipv4_mapped_ipv6_4_9_an_ipv4_address_in_ipv6_clothes()
    {
        Via.TryParse(Wire.Request(Torture("ipv4-mapped-ipv6")).Value(HeaderId.Via), out Via via).ShouldBeTrue();
        Wire.Text(via.SentBy.Address).ShouldBe("::ffff:192.0.2.10");
        via.SentBy.Port.ShouldBe(19823);
    }

    [Theory]
    [InlineData("ipv6-bug-abnf-3-colons")]
    [InlineData("ipv6-correct-abnf-2-colons")]
    public void Ipv6_abnf_4_10_two_colons_and_the_three_of_the_old_grammar(string name) => Wire.Request(Torture(name));

    private static byte[] Torture(string name) => Checkout.Read($"Torture/rfc5118/{name}.dat");
}
