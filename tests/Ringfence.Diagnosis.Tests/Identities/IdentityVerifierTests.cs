using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Identities;
using Ringfence.Diagnosis.Tests.Findings;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Tests.Identities;

public sealed class IdentityVerifierTests
{
    [Fact]
    public void A_call_is_verified_as_of_the_time_of_its_frame_though_the_certificate_has_expired_since()
    {
        var diagnosis = Signed("chain").Diagnose();
        var result = diagnosis.VerificationOf(diagnosis.Trace.Calls[0])!;
        result.Outcome.ShouldBe(VerificationOutcome.Passed);
        result.Identities[0].Steps.Count.ShouldBeGreaterThan(10);
        diagnosis.NotChecked.ShouldNotContain(NotChecked.NoCertificates);
        diagnosis.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Without_the_certificate_of_the_signer_the_verdict_stays_open()
    {
        using var roots = new DemoAuthority(DateTimeOffset.UnixEpoch.AddYears(53), TimeSpan.FromDays(3_000));
        using var verifier = new IdentityVerifier(new TrustAnchors([roots.Root]), []);
        var diagnosis = CallDiagnosis.Of(Signed("chain").Trace(), verifier);
        diagnosis.VerificationOf(diagnosis.Trace.Calls[0])!.Outcome.ShouldBe(VerificationOutcome.Unavailable);
        diagnosis.NotChecked.ShouldContain(NotChecked.NoCertificates);
    }

    [Fact]
    public void A_chain_that_leads_to_another_root_is_not_trusted()
    {
        using var roots = new DemoAuthority(DateTimeOffset.FromUnixTimeSeconds(1_690_000_000), TimeSpan.FromDays(900));
        var chain = File.ReadAllBytes(SignedFiles.Captures() + "/stir/chain.pem");
        using var verifier = new IdentityVerifier(
            new TrustAnchors([roots.Root]),
            [new CertificateFile("chain.pem", chain)]
        );
        var finding = CallDiagnosis.Of(Signed("chain").Trace(), verifier).Findings.Single(f => f.Id == "BK-16");
        finding.Values["why"].ShouldBe(nameof(Fault.PathIncomplete));
    }

    [Fact]
    public void A_token_that_was_changed_after_signing_is_found()
    {
        var identity = SignedFiles.Identity("chain");
        var dot = identity.LastIndexOf('.', identity.IndexOf(';', StringComparison.Ordinal));
        var spoilt = identity[..(dot + 5)] + (identity[dot + 5] == 'A' ? 'B' : 'A') + identity[(dot + 6)..];
        var finding = new Script()
            .A("INVITE", Script.Offer, $"Identity: {spoilt}\r\n")
            .B(438)
            .Diagnose()
            .Findings.Single(f => f.Id == "BK-20");
        finding.Values["fault"].ShouldBe(nameof(Fault.SignatureInvalid));
    }

    [Fact]
    public void A_verstat_that_verification_does_not_bear_out_is_found()
    {
        const string Failed = "P-Asserted-Identity: <sip:+33140000001;verstat=TN-Validation-Failed@example.org>\r\n";
        var finding = new Script()
            .A("INVITE", Script.Offer, $"Identity: {SignedFiles.Identity("chain")}\r\n{Failed}")
            .B(180)
            .Diagnose()
            .Findings.Single(f => f.Id == "BK-23");
        finding.Values["checked"].ShouldBe("TN-Validation-Passed");
        finding.Confidence.ShouldBe(FindingConfidence.Certain);
    }

    [Fact]
    public void The_same_token_on_two_legs_is_no_replay()
    {
        var identity = $"Identity: {SignedFiles.Identity("chain")}\r\n";
        var diagnosis = new Script()
            .Call("x", a: "203.0.113.9", b: "203.0.113.10")
            .A("INVITE", Script.Offer, identity)
            .Call("x_leg", a: Script.AHost, b: Script.BHost)
            .A("INVITE", Script.Offer, identity)
            .Diagnose();
        diagnosis
            .Trace.Calls.Select(call => diagnosis.VerificationOf(call)!.Outcome)
            .ShouldBe([VerificationOutcome.Passed, VerificationOutcome.Passed]);
    }

    [Fact]
    public void What_a_603_of_the_network_says_is_taken_apart()
    {
        const string Plus =
            "Reason: SIP;cause=603;text=\"v=analytics1;url=https://example.org/r;tel=+15551234567\";location=TN\r\n";
        var said = Refusal(603, Plus);
        said.Analytics.Select(part => $"{part.Key}={part.Value}")
            .ShouldBe(["v=analytics1", "url=https://example.org/r", "tel=+15551234567", "location=TN"]);
    }

    [Fact]
    public void The_card_of_a_608_and_the_reasons_of_STIR_are_decoded()
    {
        var claims = System.Buffers.Text.Base64Url.EncodeToString(
            """{"iat":1700000000,"jcard":["vcard",[["version",{},"text","4.0"],["fn",{},"text","Analytics"],["tel",{"type":"work"},"uri","tel:+15551234567"]]]}"""u8
        );
        var said = Refusal(
            608,
            $"Call-Info: <data:application/jose,eyJhbGciOiJFUzI1NiJ9.{claims}.c2ln>;purpose=jwscard\r\nReason: STIR;cause=437;text=\"Unsupported Credential\"\r\n"
        );
        said.Contact.Select(part => $"{part.Key}={part.Value}").ShouldBe(["fn=Analytics", "tel=tel:+15551234567"]);
        said.StirReasons.ShouldBe([(437, "Unsupported Credential")]);
    }

    [Theory]
    [InlineData("<data:application/jose,a.b.c>;purpose=jwscard")]
    [InlineData("<data:application/jose,eyJ.W10.c>;purpose=jwscard")]
    [InlineData("<cid:none>;purpose=jwscard")]
    public void A_card_that_is_none_says_nothing(string value) =>
        Refusal(608, $"Call-Info: {value}\r\n").IsEmpty.ShouldBeTrue();

    [Theory]
    [InlineData("7B226961742202", false)]
    [InlineData(
        "7B22696174223A2278222C226A63617264223A5B227663617264222C5B5B22666E222C7B7D2C2274657874222C2241225D5D5D7D",
        true
    )]
    [InlineData("7B226A63617264223A5B227663617264222C5B5B22666E222C7B7D2C2274657874222C22FFFE225D5D5D7D", false)]
    [InlineData(
        "7B226A63617264223A5B227663617264222C5B5B22666E222C7B7D2C2274657874222C225C7564383030225D5D5D7D",
        false
    )]
    public void A_card_of_any_bytes_is_read_as_far_as_it_can_be(string claims, bool readable)
    {
        var body = System.Buffers.Text.Base64Url.EncodeToString(Convert.FromHexString(claims));
        var diagnosis = new Script()
            .A("INVITE")
            .B(608, headers: $"Call-Info: <data:application/jose,{body}.{body}.AAAA>;purpose=jwscard\r\n")
            .Diagnose();
        RefusalDetails.Of(diagnosis.Trace.Calls[0].Final!).IsEmpty.ShouldBe(!readable);
    }

    private static RefusalDetails Refusal(int status, string headers) =>
        RefusalDetails.Of(new Script().A("INVITE").B(status, headers: headers).Trace().Calls[0].Final!);

    private static Script Signed(string chain) =>
        new Script()
            .A("INVITE", Script.Offer, $"Identity: {SignedFiles.Identity(chain)}\r\n")
            .B(200, Script.Answer)
            .A("ACK", tag: "b");
}
