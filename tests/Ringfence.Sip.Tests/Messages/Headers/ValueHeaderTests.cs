using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages.Headers;

public sealed class ValueHeaderTests
{
    [Fact]
    public void Reasons_of_several_protocols_are_told_apart()
    {
        SipRequest request = Wire.Request(
            Wire.InviteWith(
                "Reason: SIP ;cause=607 ;text=\"Unwanted, really\", Q.850;cause=21;location=LN\nReason: STIR;cause=436"
            )
        );
        Reason.TryFind(request, "q.850"u8, out Reason q850).ShouldBeTrue();
        q850.Cause.ShouldBe(21);
        Wire.Text(q850.Location).ShouldBe("LN");
        Reason.TryFind(request, "SIP"u8, out Reason sip).ShouldBeTrue();
        Wire.Text(sip.Text).ShouldBe("Unwanted, really");
        Reason.TryFind(request, "stir"u8, out Reason stir).ShouldBeTrue();
        stir.Cause.ShouldBe(436);
        Reason.TryFind(request, "Preemption"u8, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("SIP;cause=abc", -1)]
    [InlineData("SIP;cause=-1", -1)]
    [InlineData("SIP;cause=1000", -1)]
    [InlineData("SIP", -1)]
    [InlineData("SIP;cause=\"603\"", 603)]
    public void A_cause_is_a_small_number(string text, int cause)
    {
        Reason.TryParse(Latin(text), out Reason reason).ShouldBeTrue();
        reason.Cause.ShouldBe(cause);
    }

    [Fact]
    public void P_early_media_gives_directions_and_flags()
    {
        SipRequest request = Wire.Request(Wire.InviteWith("P-Early-Media: SendRecv, gated\nP-Early-Media: inactive,x"));
        PEarlyMedia.Of(request).ShouldBe(EarlyMedia.SendRecv | EarlyMedia.Gated | EarlyMedia.Inactive);
        PEarlyMedia.DirectionAt(request, 0).ShouldBe(EarlyMedia.SendRecv);
        PEarlyMedia.DirectionAt(request, 1).ShouldBe(EarlyMedia.Inactive);
        PEarlyMedia.DirectionAt(request, 7).ShouldBe(EarlyMedia.Inactive);
        PEarlyMedia.Of(Wire.Request(Wire.InviteWith("P-Early-Media: "))).ShouldBe(EarlyMedia.None);
    }

    [Fact]
    public void A_feature_capability_is_found()
    {
        SipRequest request = Wire.Request(
            Wire.InviteWith("Feature-Caps: *;+sip.607, *;+g.3gpp.verstat;+x=\"<urn:a>\"")
        );
        FeatureCaps.TryFind(request, "+SIP.607"u8, out ReadOnlySpan<byte> flag).ShouldBeTrue();
        flag.Length.ShouldBe(0);
        FeatureCaps.TryFind(request, "+x"u8, out ReadOnlySpan<byte> value).ShouldBeTrue();
        Wire.Text(value).ShouldBe("<urn:a>");
        FeatureCaps.TryFind(request, "+sip.608"u8, out _).ShouldBeFalse();
        FeatureCaps.TryParse("+sip.607"u8, out _).ShouldBeFalse();
    }

    [Fact]
    public void Option_tags_are_found_in_any_line_and_case()
    {
        SipRequest request = Wire.Request(Wire.InviteWith("Supported: timer, 100rel\nk: Replaces"));
        OptionTags.Has(request, HeaderId.Supported, "100REL"u8).ShouldBeTrue();
        OptionTags.Has(request, HeaderId.Supported, "replaces"u8).ShouldBeTrue();
        OptionTags.Has(request, HeaderId.Supported, "100"u8).ShouldBeFalse();
        OptionTags.Has(request, HeaderId.Require, "100rel"u8).ShouldBeFalse();
    }

    [Theory]
    [InlineData("1800", 1800u, Refresher.None)]
    [InlineData("1800 ; Refresher=UAC", 1800u, Refresher.Uac)]
    [InlineData("90;x=y;refresher=uas", 90u, Refresher.Uas)]
    public void A_session_interval_and_its_refresher(string text, uint seconds, Refresher refresher)
    {
        SessionExpires.TryParse(Latin(text), out uint found, out Refresher who).ShouldBeTrue();
        found.ShouldBe(seconds);
        who.ShouldBe(refresher);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1800 x")]
    [InlineData("4294967296")]
    [InlineData("1800;")]
    public void A_broken_session_interval_is_refused(string text)
    {
        SessionExpires.TryParse(Latin(text), out _, out _).ShouldBeFalse();
        SessionExpires.TryParseMinSE(Latin(text), out _).ShouldBeFalse();
    }

    [Fact]
    public void A_digest_challenge_is_read()
    {
        AuthHeader
            .TryParse(
                "Digest realm=\"a, \\\"b\\\"\",\r\n nonce = \"84a4cc6f\" , qop=\"auth,auth-int\", algorithm=SHA-256"u8,
                out AuthHeader header
            )
            .ShouldBeTrue();
        header.IsDigest.ShouldBeTrue();
        Get(header, "REALM").ShouldBe("a, \\\"b\\\"");
        Get(header, "nonce").ShouldBe("84a4cc6f");
        Get(header, "qop").ShouldBe("auth,auth-int");
        Get(header, "algorithm").ShouldBe("SHA-256");
        header.TryGet("opaque"u8, out _).ShouldBeFalse();
        static string Get(AuthHeader header, string name) =>
            header.TryGet(Latin(name), out ReadOnlySpan<byte> value) ? Wire.Text(value) : "none";
    }

    [Theory]
    [InlineData("")]
    [InlineData("Digest")]
    [InlineData("Digest realm")]
    [InlineData("Digest realm=")]
    [InlineData("Digest realm=\"open")]
    [InlineData("Digest realm=\"a\" nonce=\"b\"")]
    [InlineData("Digest realm=\"a\",")]
    [InlineData("Digest realm=\"a\",,nonce=\"b\"")]
    [InlineData("Digest nonce=a,NONCE=b")]
    public void Broken_credentials_are_refused(string text) => AuthHeader.TryParse(Latin(text), out _).ShouldBeFalse();

    [Fact]
    public void Retry_after_with_comment_and_duration()
    {
        RetryAfter
            .TryParse("18000 (a (nested \\) one)) ;duration=3600"u8, out uint seconds, out uint duration)
            .ShouldBeTrue();
        seconds.ShouldBe(18000u);
        duration.ShouldBe(3600u);
        RetryAfter.TryParse("5"u8, out _, out _).ShouldBeTrue();
        RetryAfter.TryParse("5 (open"u8, out _, out _).ShouldBeFalse();
        RetryAfter.TryParse("5 x"u8, out _, out _).ShouldBeFalse();
        RetryAfter.TryParse("x"u8, out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_date_is_read_and_written()
    {
        SipDate.TryParse("Sat, 13 Nov 2010 23:29:00 GMT"u8, out DateTimeOffset date).ShouldBeTrue();
        date.ShouldBe(new DateTimeOffset(2010, 11, 13, 23, 29, 0, TimeSpan.Zero));
        Span<byte> room = stackalloc byte[SipDate.Length];
        SipDate.Write(date.ToOffset(TimeSpan.FromHours(5)), room);
        Wire.Text(room).ShouldBe("Sat, 13 Nov 2010 23:29:00 GMT");
    }

    [Theory]
    [InlineData("Sat, 13 Nov 2010 23:29:00 EST")]
    [InlineData("Sat, 13 Nov 2010 23:29:00 UTC")]
    [InlineData("Sun, 13 Nov 2010 23:29:00 GMT")]
    [InlineData("Sat, 31 Nov 2010 23:29:00 GMT")]
    [InlineData("Sat, 13 Xyz 2010 23:29:00 GMT")]
    [InlineData("Sat, 13 ovD 2010 23:29:00 GMT")]
    [InlineData("Sat, 13 Nov 2010 24:29:00 GMT")]
    [InlineData("Sat, 13 Nov 0000 23:29:00 GMT")]
    [InlineData("Sat, 00 Nov 2010 23:29:00 GMT")]
    [InlineData("Sat,13 Nov 2010 23:29:00 GMT")]
    [InlineData("2010-11-13T23:29:00Z")]
    [InlineData("")]
    public void A_broken_date_is_refused(string text) => SipDate.TryParse(Latin(text), out _).ShouldBeFalse();

    [Fact]
    public void Privacy_is_a_set() =>
        Privacy
            .Of(Wire.Request(Wire.InviteWith("Privacy: Id ; critical;x\nPrivacy: user")))
            .ShouldBe(PrivacyKinds.Id | PrivacyKinds.Critical | PrivacyKinds.User);

    [Theory]
    [InlineData("301 isi.edu \"Incompatible \\\"x\\\"\"", true)]
    [InlineData("1812 overture \"In Progress\"", false)]
    [InlineData("301 isi.edu text", false)]
    [InlineData("301 isi.edu \"open", false)]
    [InlineData("301 \"text\"", false)]
    public void A_warning_has_three_digits_an_agent_and_a_quoted_text(string text, bool isSound) =>
        Warning.TryParse(Latin(text), out _).ShouldBe(isSound);

    [Theory]
    [InlineData("ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000", true)]
    [InlineData("ab30317f1a784dc48ff824d0d3715d86", true)]
    [InlineData("AB30317f1a784dc48ff824d0d3715d86", false)]
    [InlineData("ab30317f1a784dc48ff824d0d3715d8", false)]
    [InlineData("ab30317f1a784dc48ff824d0d3715d86;remote=1", false)]
    public void A_session_id_is_one_or_two_uuids(string text, bool isSound) =>
        SessionId.TryParse(Latin(text), out _, out _).ShouldBe(isSound);

    [Theory]
    [InlineData("da", "da", 1000)]
    [InlineData("en-gb;q=0.8", "en-gb", 800)]
    [InlineData("* ; q=0", "*", 0)]
    [InlineData("fr;q=1.000", "fr", 1000)]
    public void A_language_has_a_quality(string text, string tag, int quality)
    {
        LanguageRange.TryParse(Latin(text), out LanguageRange range).ShouldBeTrue();
        Wire.Text(range.Tag).ShouldBe(tag);
        range.Quality.ShouldBe(quality);
    }

    [Theory]
    [InlineData("1.001")]
    [InlineData("2")]
    [InlineData("0.1234")]
    [InlineData("0,5")]
    [InlineData("-0")]
    [InlineData("")]
    public void A_broken_quality_is_refused(string text) => QValue.TryParse(Latin(text), out _).ShouldBeFalse();

    [Theory]
    [InlineData("1 1 INVITE", true)]
    [InlineData("776656 \r\n 1 INVITE", true)]
    [InlineData("0 1 INVITE", false)]
    [InlineData("4294967296 1 INVITE", false)]
    [InlineData("1 1", false)]
    [InlineData("1 INVITE", false)]
    [InlineData("", false)]
    public void A_rack_names_response_request_and_method(string text, bool isSound) =>
        RAck.TryParse(Latin(text), out _).ShouldBe(isSound);

    [Fact]
    public void Disposition_and_event_are_read()
    {
        ContentDisposition.TryParse("early-session ; handling=OPTIONAL"u8, out ContentDisposition body).ShouldBeTrue();
        Wire.Text(body.Type).ShouldBe("early-session");
        body.IsOptional.ShouldBeTrue();
        ContentDisposition.TryParse(";x"u8, out _).ShouldBeFalse();
        EventPackage.TryParse("refer;id=93809824"u8, out EventPackage package).ShouldBeTrue();
        Wire.Text(package.Name).ShouldBe("refer");
        Wire.Text(package.Id).ShouldBe("93809824");
    }

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
}
