using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Verification;

/// <summary>RFC 8224 §4: faults of the Identity header itself.</summary>
public sealed class HeaderFaultTests
{
    private readonly StirRig _rig = new();

    [Fact]
    public void A_header_over_the_limit_is_refused() =>
        _rig.RefusesHeader(StirRig.Header(new string('a', 17_000)), Fault.HeaderTooLong);

    [Fact]
    public void An_empty_header_is_refused() => _rig.RefusesHeader("", Fault.HeaderEmpty);

    [Fact]
    public void A_header_of_parameters_alone_is_refused() =>
        _rig.RefusesHeader($";info=<{StirRig.X5u}>", Fault.HeaderEmpty);

    [Fact]
    public void A_header_without_semicolon_lacks_info() => _rig.RefusesHeader(_rig.Shaken(), Fault.HeaderInfoMissing);

    [Fact]
    public void A_foreign_character_in_the_token_is_refused() =>
        _rig.RefusesHeader(StirRig.Header("a.b c.d"), Fault.HeaderDigest);

    [Fact]
    public void Folding_inside_the_token_is_refused() =>
        _rig.RefusesHeader(StirRig.Header(_rig.Shaken().Insert(20, "\r\n ")), Fault.HeaderDigest);

    [Fact]
    public void Info_without_angle_brackets_is_refused() =>
        _rig.RefusesHeader($"{_rig.Shaken()};info={StirRig.X5u}", Fault.HeaderInfoMalformed);

    [Fact]
    public void Info_that_is_not_closed_is_refused() =>
        _rig.RefusesHeader($"{_rig.Shaken()};info=<{StirRig.X5u}", Fault.HeaderInfoMalformed);

    [Fact]
    public void Info_twice_is_refused() =>
        _rig.RefusesHeader(
            $"{StirRig.Header(_rig.Shaken())};info=<https://other.example/>",
            Fault.HeaderParameterTwice
        );

    [Fact]
    public void Alg_twice_is_refused() =>
        _rig.RefusesHeader(StirRig.Header(_rig.Shaken()) + ";alg=ES256", Fault.HeaderParameterTwice);

    [Fact]
    public void A_parameter_without_a_name_is_refused() =>
        _rig.RefusesHeader(StirRig.Header(_rig.Shaken()) + ";=x", Fault.HeaderParameterMalformed);

    [Fact]
    public void A_quoted_ppt_that_is_not_closed_is_refused() =>
        _rig.RefusesHeader(StirRig.Header(_rig.Shaken()) + ";ppt=\"shaken", Fault.HeaderParameterMalformed);

    [Theory]
    [InlineData("RS256")]
    [InlineData("none")]
    [InlineData("es256")]
    public void Another_algorithm_in_the_header_is_refused(string alg) =>
        _rig.RefusesHeader($"{_rig.Shaken()};info=<{StirRig.X5u}>;alg={alg}", Fault.HeaderAlgorithm);

    [Fact]
    public void The_eleventh_identity_is_refused_and_the_others_stand()
    {
        string header = StirRig.Header(_rig.Shaken());
        VerificationResult result = _rig.Verify([.. Enumerable.Repeat(header, 12)]);

        result.Identities.Count.ShouldBe(11);
        StirRig.ShouldFail(result.Identities[10], Fault.TooManyIdentities, 438, "Invalid Identity Header");
        result.Outcome.ShouldBe(VerificationOutcome.Passed);
    }
}
