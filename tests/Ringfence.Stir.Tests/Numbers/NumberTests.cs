using System.Text;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Numbers;

namespace Ringfence.Stir.Tests.Numbers;

/// <summary>RFC 8224 §8.1, §8.3, §8.5.</summary>
public sealed class NumberTests
{
    [Theory]
    [InlineData("+1-215-555-0121", "12155550121")]
    [InlineData("+1(215)555.0121;npdi;rn=+12155550000", "12155550121")]
    [InlineData("%2B33123456789", "33123456789")]
    [InlineData("*67", "*67")]
    [InlineData("%2331%2312155550121", "#31#12155550121")]
    [InlineData("911", "911")]
    [InlineData("12155550121", "12155550121")]
    public void A_number_becomes_canonical(string input, string expected) =>
        Canonical(input, NumberPlan.Global).ShouldBe(expected);

    [Theory]
    [InlineData("alice")]
    [InlineData("+1215abc")]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("1+2155550121")]
    [InlineData("+1234567890123456")]
    [InlineData("%4")]
    public void What_is_no_number_has_no_canonical_form(string input) =>
        Canonical(input, NumberPlan.Global).ShouldBeNull();

    [Theory]
    [InlineData("2155550121", "12155550121")]
    [InlineData("12155550121", "12155550121")]
    [InlineData("01133123456789", "33123456789")]
    [InlineData("+33123456789", "33123456789")]
    [InlineData("911", "911")]
    public void A_North_American_trunk_dials_national_numbers(string input, string expected) =>
        Canonical(input, NumberPlan.NorthAmerica).ShouldBe(expected);

    [Theory]
    [InlineData("0123456789", "33123456789")]
    [InlineData("0033123456789", "33123456789")]
    [InlineData("33123456789", "33123456789")]
    [InlineData("112", "112")]
    [InlineData("+33001234123456789", "33001234123456789")]
    public void A_French_trunk_dials_national_numbers_and_carries_portability_prefixes(string input, string expected) =>
        Canonical(input, NumberPlan.France).ShouldBe(expected);

    [Theory]
    [InlineData("sip:Alice@Example.COM:5070;transport=tcp?Subject=x", "sip:alice@example.com")]
    [InlineData("SIPS:al%69ce:pw@example.com", "sips:alice@example.com")]
    [InlineData("sip:example.com", "sip:example.com")]
    [InlineData("sip:a@[2001:DB8::1]:5060", "sip:a@[2001:db8::1]")]
    [InlineData("urn:service:SOS", "urn:service:sos")]
    public void A_URI_becomes_canonical(string input, string expected) =>
        SipIdentity.From(Encoding.UTF8.GetBytes(input), NumberPlan.Global).ShouldBe(ClaimedIdentity.Uri(expected));

    [Theory]
    [InlineData("http://example.com")]
    [InlineData("alice")]
    [InlineData("sip:")]
    [InlineData("sip:a@b@c")]
    [InlineData("tel:alice")]
    public void What_is_no_SIP_identity_is_none(string input) =>
        SipIdentity.From(Encoding.UTF8.GetBytes(input), NumberPlan.Global).ShouldBeNull();

    [Fact]
    public void Digits_are_a_name_where_policy_says_so_unless_marked_as_a_phone()
    {
        var plan = new NumberPlan { DigitsAreNumbers = false };
        From("sip:1001@example.com", plan).ShouldBe(ClaimedIdentity.Uri("sip:1001@example.com"));
        From("sip:1001@example.com;user=phone", plan).ShouldBe(ClaimedIdentity.Number("1001"));
        From("sip:+12155550121@example.com", plan).ShouldBe(ClaimedIdentity.Number("12155550121"));
    }

    [Fact]
    public void A_set_holds_numbers_ranges_and_prefixes()
    {
        NumberSet set = NumberSet.Parse(["+12155550100", "12155550200-12155550299", "3314*", "", "# comment"]);

        string[] inside = ["12155550100", "12155550250", "33142000000"];
        string[] outside = ["12155550101", "12155550300", "33152000000", "2155550250"];
        inside.ShouldAllBe(number => set.Contains(number));
        outside.ShouldAllBe(number => !set.Contains(number));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("20-10")]
    [InlineData("10-200")]
    public void A_set_tells_a_line_that_it_does_not_understand(string line) =>
        Should.Throw<FormatException>(() => NumberSet.Parse([line]));

    private static ClaimedIdentity? From(string uri, NumberPlan plan) =>
        SipIdentity.From(Encoding.UTF8.GetBytes(uri), plan);

    private static string? Canonical(string input, NumberPlan plan) =>
        CanonicalNumber.From(Encoding.UTF8.GetBytes(input), plan);
}
