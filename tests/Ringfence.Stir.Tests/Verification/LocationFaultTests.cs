using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Verification;

/// <summary>RFC 8224 §4.1, ATIS-1000074 §5.3.1: URLs that are not asked. All of these fail before anything is looked up.</summary>
public sealed class LocationFaultTests
{
    private readonly StirRig _rig = new();

    [Fact]
    public void An_info_that_differs_from_x5u_is_refused() =>
        _rig.Refuses(
            StirRig.Call(StirRig.Header(_rig.Shaken(), info: "https://biloxi.example.org/biloxi.cert")),
            Fault.InfoMismatch,
            438,
            "Invalid Identity Header"
        );

    [Theory]
    [InlineData("http://cert.example.org/a.pem", Fault.UrlScheme)]
    [InlineData("ftp://cert.example.org/a.pem", Fault.UrlScheme)]
    [InlineData("file:///etc/passwd", Fault.UrlMalformed)]
    [InlineData("https:cert.pem", Fault.UrlMalformed)]
    [InlineData("cert.example.org/a.pem", Fault.UrlMalformed)]
    [InlineData("https://https://cert.example.org/a.pem", Fault.UrlHost)]
    [InlineData("https://cert.example.org\\\\@10.0.0.1/a.pem", Fault.UrlMalformed)]
    [InlineData("https://cert.example.org:8080/a.pem", Fault.UrlPort)]
    [InlineData("https://cert.example.org:22/a.pem", Fault.UrlPort)]
    [InlineData("https://user@cert.example.org/a.pem", Fault.UrlUserInfo)]
    [InlineData("https://u:p@cert.example.org/a.pem", Fault.UrlUserInfo)]
    [InlineData("https://cert.example.org/a.pem?x=1", Fault.UrlQuery)]
    [InlineData("https://cert.example.org/a.pem#x", Fault.UrlFragment)]
    [InlineData("https://localhost/a.pem", Fault.UrlHost)]
    [InlineData("https://127.0.0.1/a.pem", Fault.UrlHost)]
    [InlineData("https://10.1.2.3/a.pem", Fault.UrlHost)]
    [InlineData("https://169.254.169.254/latest", Fault.UrlHost)]
    [InlineData("https://2130706433/a.pem", Fault.UrlHost)]
    [InlineData("https://0x7f.1/a.pem", Fault.UrlHost)]
    [InlineData("https://[::1]/a.pem", Fault.UrlHost)]
    [InlineData("https://[::ffff:10.0.0.1]/a.pem", Fault.UrlHost)]
    [InlineData("https://[64:ff9b::a00:1]/a.pem", Fault.UrlHost)]
    [InlineData("https://[fe80::1]/a.pem", Fault.UrlHost)]
    [InlineData("https://[fc00::1]/a.pem", Fault.UrlHost)]
    public void A_URL_that_must_not_be_asked_is_refused_before_a_look(string url, Fault fault)
    {
        string json = url.Replace("\\\\", "\\", StringComparison.Ordinal);
        string token = _rig.SignJose(StirRig.JoseJson.Replace(StirRig.X5u, url, StringComparison.Ordinal));
        _rig.Refuses(StirRig.Call(StirRig.Header(token, info: json)), fault, 436, "Bad Identity Info");
        _rig.Source.Asked.ShouldBe(0);
    }

    [Fact]
    public void A_URL_longer_than_the_limit_is_refused()
    {
        string url = "https://cert.example.org/" + new string('a', 2000);
        string token = _rig.SignJose(StirRig.JoseJson.Replace(StirRig.X5u, url, StringComparison.Ordinal));
        _rig.Refuses(StirRig.Call(StirRig.Header(token, info: url)), Fault.UrlTooLong, 436, "Bad Identity Info");
    }

    [Theory]
    [InlineData("https://cert.example.org:8443/a.pem")]
    [InlineData("https://cert.example.org/a;b=c,d.pem")]
    [InlineData("https://93.184.216.34/a.pem")]
    [InlineData("https://[2606:2800:220:1::1]/a.pem")]
    public void A_public_URL_is_looked_up(string url)
    {
        _rig.Source.Put(url, StirRig.Authority.Chain(StirRig.Authority.IssueSigner("1234", _rig.Key)));
        string token = _rig.SignJose(StirRig.JoseJson.Replace(StirRig.X5u, url, StringComparison.Ordinal));
        _rig.Verify(StirRig.Header(token, info: url)).Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Theory]
    [InlineData(Fault.FetchAddress)]
    [InlineData(Fault.FetchName)]
    [InlineData(Fault.FetchConnect)]
    [InlineData(Fault.FetchTls)]
    [InlineData(Fault.FetchTimeout)]
    [InlineData(Fault.FetchRedirect)]
    [InlineData(Fault.FetchStatus)]
    [InlineData(Fault.FetchTooLarge)]
    [InlineData(Fault.FetchType)]
    [InlineData(Fault.FetchContent)]
    [InlineData(Fault.FetchRateLimited)]
    public void A_certificate_that_cannot_be_had_leaves_no_verdict(Fault fault)
    {
        _rig.Source.Fail(StirRig.X5u, fault);
        VerificationResult result = _rig.RefusesToken(_rig.Shaken(), fault, 436, "Bad Identity Info");
        result.Verstat.ShouldBe("No-TN-Validation");
    }
}
