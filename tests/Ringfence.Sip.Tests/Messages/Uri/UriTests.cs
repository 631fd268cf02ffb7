using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages.Uri;

public sealed class UriTests
{
    [Fact]
    public void A_sip_uri_is_taken_apart()
    {
        SipUri
            .TryParse(
                "SIPS:+1-201:pw@[::1]:5061;Transport=tcp;lr;maddr=239.255.255.1;ttl=15;user=phone;method=INVITE?s=x&p=y"u8,
                out SipUri uri
            )
            .ShouldBeTrue();
        uri.IsSips.ShouldBeTrue();
        Wire.Text(uri.User).ShouldBe("+1-201");
        Wire.Text(uri.Password).ShouldBe("pw");
        Wire.Text(uri.Host).ShouldBe("[::1]");
        uri.Port.ShouldBe(5061);
        Wire.Text(uri.Transport).ShouldBe("tcp");
        uri.IsLoose.ShouldBeTrue();
        Wire.Text(uri.Maddr).ShouldBe("239.255.255.1");
        Wire.Text(uri.Ttl).ShouldBe("15");
        Wire.Text(uri.Method).ShouldBe("INVITE");
        uri.IsPhone.ShouldBeTrue();
        uri.HasHeaders.ShouldBeTrue();
        uri.Headers.TryGet("P"u8, out ReadOnlySpan<byte> value).ShouldBeTrue();
        Wire.Text(value).ShouldBe("y");
    }

    [Theory]
    [InlineData("")]
    [InlineData("sip")]
    [InlineData("sip:")]
    [InlineData("sip:@b")]
    [InlineData("sip::pw@b")]
    [InlineData("sip:a@")]
    [InlineData("sip:a@b:")]
    [InlineData("sip:a@b:0")]
    [InlineData("sip:a@b:+1")]
    [InlineData("sip:a@b:123456")]
    [InlineData("sip:a@b;")]
    [InlineData("sip:a@b;=x")]
    [InlineData("sip:a@b;x=")]
    [InlineData("sip:a@b;;lr")]
    [InlineData("sip:a@b?")]
    [InlineData("sip:a@b?x")]
    [InlineData("sip:a b@c")]
    [InlineData("sip:a@b c")]
    [InlineData("sip:a%2@b")]
    [InlineData("sip:a%@b")]
    [InlineData("sip:a%gg@b")]
    [InlineData("sip:a@[::1")]
    [InlineData("sip:a@[]")]
    [InlineData("sip:a@[::1]x")]
    [InlineData("sip:a@b@c")]
    [InlineData("sip:\"a\"@b")]
    [InlineData("sip:ü@b")]
    [InlineData("tel:+1")]
    public void A_broken_sip_uri_is_refused(string uri) => SipUri.TryParse(Latin(uri), out _).ShouldBeFalse();

    [Fact]
    public void A_tel_uri_is_taken_apart()
    {
        TelUri.TryParse("tel:863-1234;phone-context=+1-914-555;ext=7;isub=9"u8, out TelUri local).ShouldBeTrue();
        local.IsGlobal.ShouldBeFalse();
        Wire.Text(local.PhoneContext).ShouldBe("+1-914-555");
        Wire.Text(local.Extension).ShouldBe("7");
        Wire.Text(local.Subaddress).ShouldBe("9");
        TelUri.TryParse("tel:+1-(201).555"u8, out TelUri global).ShouldBeTrue();
        global.IsGlobal.ShouldBeTrue();
        Span<byte> digits = stackalloc byte[32];
        Wire.Text(digits[..global.CopyDigits(digits)]).ShouldBe("+1201555");
    }

    [Fact]
    public void The_user_part_of_a_sip_uri_can_be_a_telephone_number()
    {
        SipUri.TryParse("sip:+1-201-555;isub=1@gw.example;user=phone"u8, out SipUri uri).ShouldBeTrue();
        TelUri.TryParseSubscriber(uri.User, out TelUri number).ShouldBeTrue();
        Wire.Text(number.Number).ShouldBe("+1-201-555");
        Wire.Text(number.Subaddress).ShouldBe("1");
    }

    [Theory]
    [InlineData("tel:")]
    [InlineData("tel:+")]
    [InlineData("tel:+-")]
    [InlineData("tel:+1a")]
    [InlineData("tel:123")]
    [InlineData("tel:--;phone-context=a.com")]
    [InlineData("tel:xyz;phone-context=a.com")]
    [InlineData("tel:+1;")]
    [InlineData("tel:+1 2")]
    [InlineData("sip:+1@b")]
    public void A_broken_tel_uri_is_refused(string uri) => TelUri.TryParse(Latin(uri), out _).ShouldBeFalse();

    [Theory]
    [InlineData("sip:a", UriScheme.Sip)]
    [InlineData("SipS:a", UriScheme.Sips)]
    [InlineData("tel:1", UriScheme.Tel)]
    [InlineData("telx:1", UriScheme.Other)]
    [InlineData("sip", UriScheme.Other)]
    [InlineData("", UriScheme.Other)]
    public void The_scheme_is_known_in_any_case(string uri, UriScheme scheme) =>
        SipUri.SchemeOf(Latin(uri)).ShouldBe(scheme);

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
}
