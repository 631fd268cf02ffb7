using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Passport;

/// <summary>The golden set: each token with its expected outcome, and the same bytes from our own writer where signing is deterministic.</summary>
public sealed class GoldenVectorTests
{
    private readonly StirRig _rig = new();

    [Theory]
    [InlineData("shaken-A", Attestation.A)]
    [InlineData("shaken-B", Attestation.B)]
    [InlineData("shaken-C", Attestation.C)]
    [InlineData("shaken-two-dest", Attestation.A)]
    [InlineData("baseline-full", Attestation.None)]
    public void A_golden_token_for_this_call_passes(string name, Attestation attestation)
    {
        VerificationResult result = _rig.Verify(StirRig.Header(GoldenVectors.Token(name)));

        result.Outcome.ShouldBe(VerificationOutcome.Passed);
        result.Attestation.ShouldBe(attestation);
        result.Signer.ShouldBe("1234");
        result.Verstat.ShouldBe("TN-Validation-Passed");
    }

    [Fact]
    public void The_compact_form_passes_with_the_date_of_its_signing()
    {
        SignedCall call = Compact(TimeSpan.Zero);
        _rig.Verify(call).Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Fact]
    public void The_compact_form_fails_when_a_proxy_changed_the_date() =>
        _rig.Refuses(Compact(TimeSpan.FromSeconds(1)), Fault.SignatureInvalid, 438, "Invalid Identity Header");

    [Fact]
    public void A_diversion_passes_with_the_token_that_it_diverts()
    {
        string[] headers =
        [
            StirRig.Header(GoldenVectors.Token("div-1"), "div"),
            StirRig.Header(GoldenVectors.Token("shaken-A"), "shaken"),
        ];
        VerificationResult result = _rig.Verify(StirRig.Call("12155550142", headers));

        result.Outcome.ShouldBe(VerificationOutcome.Passed);
        result.Identities.ShouldAllBe(identity => identity.HasPassed);
        result.Attestation.ShouldBe(Attestation.A);
    }

    [Fact]
    public void Media_keys_pass_with_the_fingerprints_of_the_offer()
    {
        SignedCall call = StirRig.Call(StirRig.Header(GoldenVectors.Token("mky")));
        IReadOnlyList<MediaKey> keys = MediaKey.FromFingerprints([
            "sha-256 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:3E:4B:65:2E:7D:46:3F:54:42:CD:54:F1",
            "sha-256 02:1A:CC:54:27:AB:EB:9C:53:3F:3E:4B:65:2E:7D:46:3F:54:42:CD:54:F1:7A:03:A2:7D:F9:B0:7F:46:19:B2",
        ]);
        var withKeys = new SignedCall
        {
            Identities = call.Identities,
            RequestUri = call.RequestUri,
            To = call.To,
            From = call.From,
            MediaKeys = keys,
        };
        _rig.Verify(withKeys).Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Fact]
    public void A_uri_caller_passes_with_the_uri_of_from()
    {
        SignedCall call = StirRig.Call(StirRig.Header(GoldenVectors.Token("orig-uri")));
        var fromUri = new SignedCall
        {
            Identities = call.Identities,
            RequestUri = call.RequestUri,
            From = "sip:alice@example.com"u8.ToArray(),
        };
        _rig.Verify(fromUri).Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Theory]
    [InlineData("iat-string", Fault.IatNotInteger, "Invalid PASSporT")]
    [InlineData("attest-missing", Fault.AttestMissing, "Invalid PASSporT")]
    [InlineData("sig-der", Fault.TokenSignatureDer, "Invalid Identity Header")]
    [InlineData("alg-none", Fault.JoseAlgorithmNone, "Invalid PASSporT")]
    [InlineData("crit", Fault.JoseCritical, "Invalid PASSporT")]
    public void A_golden_token_with_a_fault_is_refused(string name, Fault fault, string phrase) =>
        _rig.RefusesToken(GoldenVectors.Token(name), fault, 438, phrase);

    [Fact]
    public void An_unknown_kind_alone_is_ignored_and_asks_for_a_supported_one()
    {
        VerificationResult result = _rig.Verify(StirRig.Header(GoldenVectors.Token("unknown-ppt")));

        result.Outcome.ShouldBe(VerificationOutcome.Absent);
        result.Status.ShouldBe(new FaultStatus(428, "Use Supported PASSporT Format"));
        result.Reasons.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("shaken-A", Attestation.A)]
    [InlineData("shaken-B", Attestation.B)]
    [InlineData("shaken-C", Attestation.C)]
    public void A_deterministic_signer_writes_the_golden_bytes(string name, Attestation attestation) =>
        Reproduce(StirRig.Claims(attestation), PassportType.Shaken).ShouldBe(GoldenVectors.Token(name));

    [Fact]
    public void A_deterministic_signer_writes_the_golden_baseline() =>
        Reproduce(StirRig.Claims() with { Attest = Attestation.None, OrigId = null }, PassportType.Baseline)
            .ShouldBe(GoldenVectors.Token("baseline-full"));

    [Fact]
    public void A_deterministic_signer_writes_the_golden_two_destinations()
    {
        PassportClaims claims = StirRig.Claims() with
        {
            Dest = [ClaimedIdentity.Number(StirRig.Called), ClaimedIdentity.Number("12155550100")],
        };
        Reproduce(claims, PassportType.Shaken).ShouldBe(GoldenVectors.Token("shaken-two-dest"));
    }

    [Fact]
    public void A_deterministic_signer_writes_the_golden_diversion()
    {
        var claims = new PassportClaims
        {
            IssuedAt = StirRig.Iat,
            Orig = ClaimedIdentity.Number(StirRig.Caller),
            Dest = [ClaimedIdentity.Number("12155550142")],
            Div = ClaimedIdentity.Number(StirRig.Called),
        };
        Reproduce(claims, PassportType.Div).ShouldBe(GoldenVectors.Token("div-1"));
    }

    [Fact]
    public void A_deterministic_signer_writes_the_golden_media_keys()
    {
        PassportClaims claims = StirRig.Claims() with
        {
            Attest = Attestation.None,
            OrigId = null,
            MediaKeys =
            [
                new MediaKey("sha-256", "4AADB9B13F82183B540212DF3E5D496B19E57CAB3E4B652E7D463F5442CD54F1"),
                new MediaKey("sha-256", "021ACC5427ABEB9C533F3E4B652E7D463F5442CD54F17A03A27DF9B07F4619B2"),
            ],
        };
        Reproduce(claims, PassportType.Baseline).ShouldBe(GoldenVectors.Token("mky"));
    }

    [Fact]
    public void A_deterministic_signer_writes_the_golden_uri_caller()
    {
        PassportClaims claims = StirRig.Claims() with
        {
            Attest = Attestation.None,
            OrigId = null,
            Orig = ClaimedIdentity.Uri("sip:alice@example.com"),
        };
        Reproduce(claims, PassportType.Baseline).ShouldBe(GoldenVectors.Token("orig-uri"));
    }

    [Fact]
    public void The_deterministic_signer_is_that_of_RFC_6979_A_2_5()
    {
        byte[] key = Convert.FromHexString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
        byte[] signature = DeterministicEcdsa.Sign(key, "sample"u8.ToArray());
        Convert
            .ToHexString(signature)
            .ShouldBe(
                "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
            );
    }

    private static string Reproduce(PassportClaims claims, PassportType type)
    {
        using var key = StirRig.LoadKey();
        byte[] input = PassportWriter.SigningInput(claims, type, StirRig.X5u);
        return PassportWriter.Full(input, DeterministicEcdsa.Sign(key.ExportParameters(true).D!, input));
    }

    private static SignedCall Compact(TimeSpan shift)
    {
        SignedCall call = StirRig.Call(StirRig.Header(GoldenVectors.Token("baseline-compact")));
        return new SignedCall
        {
            Identities = call.Identities,
            RequestUri = call.RequestUri,
            To = call.To,
            From = call.From,
            Date = new DateTimeOffset(2023, 11, 14, 22, 13, 20, TimeSpan.Zero) + shift,
        };
    }
}
