using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages;

public sealed class MessageCheckTests
{
    [Theory]
    [InlineData("Route: sip:a@b")]
    [InlineData("Route: <sip:a@b")]
    [InlineData("Route: <sip:a@b>, ")]
    [InlineData("Record-Route: <sip:>")]
    [InlineData("Contact: *, <sip:a@b>")]
    [InlineData("Contact: <sip:a@b>;;")]
    [InlineData("Contact: <sip:a@b>;expires=")]
    [InlineData("Contact: sip:a@b?x=y")]
    [InlineData("Contact: <sip:a%4@b>")]
    [InlineData("Contact: <>")]
    [InlineData("Contact: <nonsense>")]
    [InlineData("Contact: <sip:a@b> garbage")]
    [InlineData("P-Asserted-Identity: \"A\" sip:a@b")]
    [InlineData("P-Asserted-Identity: <tel:abc>")]
    [InlineData("Refer-To: a, b <sip:c>")]
    public void A_broken_address_earns_400(string line) => Refused(line, Fault.NameAddr);

    [Theory]
    [InlineData("Contact: \"open <sip:a@b>")]
    [InlineData("Refer-To: \"a\\\" <sip:a@b>")]
    public void An_open_quote_earns_400(string line) => Refused(line, Fault.UnbalancedQuote);

    [Theory]
    [InlineData("Via: SIP/2.0/UDP")]
    [InlineData("Via: SIP/3.0/UDP a")]
    [InlineData("Via: HTTP/2.0/UDP a")]
    [InlineData("Via: SIP/2.0/UDP a:0")]
    [InlineData("Via: SIP/2.0/UDP a:65536")]
    [InlineData("Via: SIP/2.0/UDP a:b")]
    [InlineData("Via: SIP/2.0/UDP a b")]
    [InlineData("Via: SIP/2.0/UDP a;")]
    [InlineData("Via: SIP/2.0/UDP a;branch=")]
    [InlineData("Via: SIP/2.0/UDP a;ttl=256")]
    [InlineData("Via: SIP/2.0/UDP a;rport=x")]
    [InlineData("Via: SIP/2.0/UDP a,")]
    [InlineData("Via: SIP/2.0/UDP 2001:db8::1")]
    [InlineData("Via: SIP/2.0/UDP [2001:db8::1")]
    [InlineData("Via: ")]
    public void A_broken_via_earns_400(string line) => Refused(line, Fault.Via);

    [Theory]
    [InlineData("Content-Type: application")]
    [InlineData("Content-Type: application/sdp;")]
    [InlineData("RAck: 1 INVITE")]
    [InlineData("Require: a b")]
    [InlineData("Require: a,,b")]
    public void A_broken_value_earns_400(string line) => Refused(line, Fault.HeaderValue);

    [Theory]
    [InlineData("Max-Forwards: 70", "Max-Forwards: 256", Fault.MaxForwards)]
    [InlineData("Max-Forwards: 70", "Max-Forwards: -1", Fault.MaxForwards)]
    [InlineData("Max-Forwards: 70", "Max-Forwards: ", Fault.MaxForwards)]
    [InlineData("Call-ID: a84b4c76e66710", "Call-ID: a b", Fault.HeaderValue)]
    [InlineData("INVITE sip:bob@", "INVITE sip:@", Fault.RequestUri)]
    [InlineData("INVITE sip:bob@", "INVITE sip:bob%zz@", Fault.RequestUri)]
    [InlineData("INVITE sip:bob@biloxi.example", "INVITE sip:bob@biloxi.example;", Fault.RequestUri)]
    [InlineData("INVITE sip:bob@biloxi.example", "INVITE sip:bob@biloxi.example:99999", Fault.RequestUri)]
    [InlineData("INVITE sip:bob@biloxi.example", "INVITE biloxi.example", Fault.RequestUri)]
    [InlineData("INVITE sip:bob@biloxi.example", "INVITE tel:123", Fault.RequestUri)]
    public void A_broken_part_of_the_request_earns_400(string old, string other, Fault fault)
    {
        Malformed malformed = Wire.Judge(Wire.InviteBut(old, other)).Malformed;
        malformed.Fault.ShouldBe(fault);
        malformed.StatusCode.ShouldBe(400);
    }

    [Theory]
    [InlineData("Contact: *")]
    [InlineData("Contact: <sip:a@b>;+sip.instance=\"<urn:uuid:f81d>\";q=0.5, sips:c@d:5061;expires=60")]
    [InlineData("Contact: mailto:a@b.example")]
    [InlineData("Contact: Jürgen Groß <sip:a@b>")]
    [InlineData("P-Asserted-Identity: \"A, B\" <tel:+1-201-555-0123>")]
    [InlineData("Route: <sip:[2001:db8::1]:5060;transport=tcp;lr>")]
    [InlineData(
        "Via: SIP / 2.0 / UDP  first.example.com : 4000 ;ttl=16 ;maddr=224.2.0.1 ;branch=z9hG4bKa7c6a8dlze.1 , SIP/2.0/WSS [::1] : 80"
    )]
    [InlineData("Supported: ")]
    [InlineData("Alert-Info: Bellcore-dr1")]
    [InlineData("Call-Info: http://a.example")]
    [InlineData("Allow: INVITE,,BYE")]
    [InlineData("Call-Info: <http://www.example.com/alice/photo.jpg> ;purpose=icon, <http://b/>;purpose=info")]
    [InlineData("History-Info: <sip:bob@b?Reason=SIP%3Bcause%3D302>;index=1.1;mp=1")]
    [InlineData("Content-Type: multipart/mixed; boundary=\"a b\"")]
    public void Unusual_but_sound_values_pass(string line) => Wire.Request(Wire.InviteWith(line));

    private static void Refused(string line, Fault fault)
    {
        ParseResult result = Wire.Judge(Wire.InviteWith(line));
        result.Malformed.Fault.ShouldBe(fault);
        result.Malformed.StatusCode.ShouldBe(400);
        string value = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        Wire.Text(result.Message!.Bytes[result.Malformed.Offset..]).ShouldStartWith(value);
    }
}
