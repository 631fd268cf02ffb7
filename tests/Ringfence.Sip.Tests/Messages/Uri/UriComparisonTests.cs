using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages.Uri;

public sealed class UriComparisonTests
{
    /// <summary>The first three pairs of each kind are the examples of RFC 3261 §19.1.4.</summary>
    [Theory]
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtlanTa.CoM;Transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5")]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;newparam=5")]
    [InlineData(
        "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
        "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com"
    )]
    [InlineData(
        "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
        "sip:alice@atlanta.com?priority=urgent&subject=project%20x"
    )]
    [InlineData("SIP:a@b", "sip:a@B")]
    [InlineData("sip:a:p%77@b", "sip:a:pw@b")]
    [InlineData("tel:+1-201-555-0123", "tel:+1(201)5550123")]
    [InlineData("tel:+12015550123;ext=12-34;isub=1411", "TEL:+12015550123;isub=1411;EXT=1234")]
    [InlineData("tel:7042;phone-context=+1-914-555", "tel:70-42;phone-context=+1914555")]
    [InlineData("tel:7042;phone-context=EXAMPLE.com", "tel:7042;phone-context=example.com")]
    [InlineData("tel:863-1a;phone-context=x.com", "tel:8631A;phone-context=x.com")]
    [InlineData("http://a/b", "http://a/b")]
    public void Equivalent(string a, string b) => AreEqual(a, b).ShouldBeTrue();

    [Theory]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting")]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off")]
    [InlineData("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4")]
    [InlineData("sip:a@b", "sips:a@b")]
    [InlineData("sip:b", "sip:a@b")]
    [InlineData("sip:a@b", "sip:a:@b")]
    [InlineData("sip:a%3Bx@b", "sip:a;x@b")]
    [InlineData("sip:a@b;maddr=c", "sip:a@b")]
    [InlineData("sip:a@b", "sip:a@b;user=ip")]
    [InlineData("sip:a@b;%74tl=1", "sip:a@b")]
    [InlineData("sip:a@b?x=1", "sip:a@b?x=1&y=2")]
    [InlineData("tel:+12015550123", "tel:12015550123;phone-context=+1")]
    [InlineData("tel:+12015550123", "tel:+12015550124")]
    [InlineData("tel:+12015550123", "tel:+120155501234")]
    [InlineData("tel:+12015550123;ext=1", "tel:+12015550123")]
    [InlineData("tel:7042;phone-context=a.com", "tel:7042;phone-context=b.com")]
    [InlineData("http://a/b", "http://A/b")]
    [InlineData("sip:a@b", "sip:a@b@c")]
    [InlineData("sip:a@b", "")]
    public void Not_equivalent(string a, string b)
    {
        AreEqual(a, b).ShouldBeFalse();
        AreEqual(b, a).ShouldBeFalse();
    }

    [Fact]
    public void More_than_64_parameters_are_only_equal_byte_by_byte()
    {
        string many = "sip:a@b" + string.Concat(Enumerable.Range(0, 65).Select(i => ";p" + i));
        AreEqual(many, many).ShouldBeTrue();
        AreEqual(many, many.ToUpperInvariant()).ShouldBeFalse();
    }

    private static bool AreEqual(string a, string b) =>
        UriComparison.AreEqual(Encoding.Latin1.GetBytes(a), Encoding.Latin1.GetBytes(b));
}
