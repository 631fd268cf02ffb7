using System.Text;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Verification;

/// <summary>RFC 8224 §6.2.1: several identities in one request, each on its own.</summary>
public sealed class SeveralHeadersTests
{
    private readonly StirRig _rig = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_good_identity_suffices_beside_a_bad_one(bool goodFirst)
    {
        string good = StirRig.Header(_rig.Shaken());
        string bad = StirRig.Header(_rig.SignJose("[]"));
        VerificationResult result = _rig.Verify(goodFirst ? [good, bad] : [bad, good]);

        result.Outcome.ShouldBe(VerificationOutcome.Passed);
        result.Status.ShouldBeNull();
        result.Reasons.Single().ShouldBe("STIR ;cause=438 ;text=\"Invalid PASSporT\"");
    }

    [Fact]
    public void A_reason_names_its_identity_by_the_compact_form()
    {
        _rig.Source.Fail(StirRig.X5u, Fault.FetchStatus);
        string token = _rig.Shaken();
        VerificationResult result = _rig.Verify(StirRig.Header(token));

        result
            .Reasons.Single()
            .ShouldBe($"STIR ;cause=436 ;text=\"Bad Identity Info\" ;ppi=\"..{token.Split('.')[2]}\"");
    }

    [Fact]
    public void An_unreachable_certificate_counts_only_when_all_are_unreachable()
    {
        const string Other = "https://other.example.org/cert.pem";
        _rig.Source.Fail(Other, Fault.FetchTimeout);
        string unreachable = StirRig.Header(
            _rig.SignJose(StirRig.JoseJson.Replace(StirRig.X5u, Other, StringComparison.Ordinal)),
            info: Other
        );
        string stale = StirRig.Header(
            _rig.SignClaims(StirRig.ClaimsJson.Replace("1700000000", "1600000000", StringComparison.Ordinal))
        );

        _rig.Verify(unreachable, stale).Status.ShouldBe(new FaultStatus(403, "Stale Date"));
        _rig.Verify(unreachable, unreachable).Status.ShouldBe(new FaultStatus(436, "Bad Identity Info"));
        _rig.Verify(unreachable, StirRig.Header(_rig.Shaken())).Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Fact]
    public void The_attestation_is_that_of_the_shaken_token()
    {
        string baseline = _rig.Sign(
            "{\"alg\":\"ES256\",\"typ\":\"passport\",\"x5u\":\"" + StirRig.X5u + "\"}",
            StirRig.ClaimsJson
        );
        _rig.Verify(StirRig.Header(baseline), StirRig.Header(_rig.Shaken())).Attestation.ShouldBe(Attestation.A);
    }

    [Fact]
    public void No_identity_at_all_asks_for_one()
    {
        VerificationResult result = _rig.Verify();

        result.Outcome.ShouldBe(VerificationOutcome.Absent);
        result.Status.ShouldBe(new FaultStatus(428, "Use Identity Header"));
        result.Verstat.ShouldBe("No-TN-Validation");
    }

    [Fact]
    public void Identities_joined_by_a_comma_are_separated_also_behind_URLs_with_commas()
    {
        const string Url = "https://cert.example.org/a;b=c,d.pem";
        _rig.Source.Put(Url, StirRig.Authority.Chain(StirRig.Authority.IssueSigner("1234", _rig.Key)));
        string first = StirRig.Header(
            _rig.SignJose(StirRig.JoseJson.Replace(StirRig.X5u, Url, StringComparison.Ordinal)),
            info: Url
        );
        IReadOnlyList<ReadOnlyMemory<byte>> split = SignedCall.Split(
            Encoding.UTF8.GetBytes($"{first} ,\r\n {StirRig.Header(_rig.Shaken())}")
        );

        split.Count.ShouldBe(2);
        SignedCall call = StirRig.Call();
        var joined = new SignedCall
        {
            Identities = split,
            RequestUri = call.RequestUri,
            To = call.To,
            From = call.From,
        };
        _rig.Verify(joined).Identities.ShouldAllBe(identity => identity.HasPassed);
    }

    [Theory]
    [InlineData("{0};info=<{1}>")]
    [InlineData("{0} ; info = <{1}> ; alg = ES256 ; ppt = \"shaken\"")]
    [InlineData("{0};ppt=shaken;alg=ES256;info=<{1}>")]
    [InlineData("{0};\r\n info=<{1}>;\r\n\tppt=shaken")]
    [InlineData("  {0};INFO=<{1}>;Alg=ES256;x=\"a;b\\\"c,\";canon=")]
    public void Headers_as_met_in_the_field_are_read(string format) =>
        _rig.Verify(string.Format(null, format, _rig.Shaken(), StirRig.X5u))
            .Outcome.ShouldBe(VerificationOutcome.Passed);
}
