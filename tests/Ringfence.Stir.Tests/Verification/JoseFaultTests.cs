using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Verification;

/// <summary>RFC 8225 §4, RFC 7515 §4: faults of the JOSE header. Every one of these tokens is correctly signed over its bytes.</summary>
public sealed class JoseFaultTests
{
    private const string X5u = "\"x5u\":\"" + StirRig.X5u + "\"";

    private readonly StirRig _rig = new();

    [Fact]
    public void A_header_that_is_not_JSON_is_refused() => Refuses("alg=ES256", Fault.JoseSyntax);

    [Fact]
    public void A_header_that_is_cut_off_is_refused() => Refuses("{\"alg\":\"ES256\"", Fault.JoseSyntax);

    [Fact]
    public void A_comment_in_the_header_is_refused() => Refuses("{/**/\"alg\":\"ES256\"}", Fault.JoseSyntax);

    [Fact]
    public void A_trailing_comma_in_the_header_is_refused() => Refuses("{\"alg\":\"ES256\",}", Fault.JoseSyntax);

    [Fact]
    public void Algorithm_twice_is_refused() =>
        Refuses("{\"alg\":\"none\",\"alg\":\"ES256\",\"typ\":\"passport\"," + X5u + "}", Fault.JoseDuplicate);

    [Fact]
    public void Algorithm_twice_under_an_escape_is_refused() =>
        Refuses("{\"\\u0061lg\":\"none\",\"alg\":\"ES256\",\"typ\":\"passport\"," + X5u + "}", Fault.JoseDuplicate);

    [Fact]
    public void A_header_nested_too_deeply_is_refused() =>
        Refuses("{\"x\":" + new string('[', 30) + new string(']', 30) + "}", Fault.JoseDepth);

    [Fact]
    public void Data_after_the_header_is_refused() => Refuses(StirRig.JoseJson + "{}", Fault.JoseTrailing);

    [Fact]
    public void A_zero_octet_after_the_header_is_refused() => Refuses(StirRig.JoseJson + "\0", Fault.JoseTrailing);

    [Fact]
    public void A_header_that_is_an_array_is_refused() => Refuses("[]", Fault.JoseNotObject);

    [Fact]
    public void A_lone_surrogate_in_the_header_is_refused() => Refuses("{\"alg\":\"\\ud800\"}", Fault.JoseEncoding);

    [Fact]
    public void A_header_of_a_thousand_members_is_refused() =>
        Refuses(
            "{" + string.Join(',', Enumerable.Range(0, 600).Select(n => $"\"m{n}\":{n}")) + "}",
            Fault.JoseTooLarge
        );

    [Fact]
    public void A_fraction_in_the_header_is_refused() => Refuses("{\"x\":1.5}", Fault.JoseNumber);

    [Fact]
    public void A_header_without_algorithm_is_refused() =>
        Refuses("{\"typ\":\"passport\"," + X5u + "}", Fault.JoseAlgorithmMissing);

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("nOnE")]
    public void No_signature_at_all_is_refused(string alg) => Refuses(Jose(alg: alg), Fault.JoseAlgorithmNone);

    [Theory]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("ES384")]
    [InlineData("ES256K")]
    [InlineData("es256")]
    public void Another_algorithm_is_refused(string alg) => Refuses(Jose(alg: alg), Fault.JoseAlgorithm);

    [Fact]
    public void An_algorithm_that_is_a_list_is_refused() =>
        Refuses("{\"alg\":[\"ES256\"],\"typ\":\"passport\"," + X5u + "}", Fault.JoseMemberType);

    [Fact]
    public void A_header_without_type_is_refused() => Refuses("{\"alg\":\"ES256\"," + X5u + "}", Fault.JoseTypeMissing);

    [Fact]
    public void A_JWT_of_another_type_is_refused() => Refuses(Jose(typ: "JWT"), Fault.JoseType);

    [Fact]
    public void A_type_in_capitals_is_refused() => Refuses(Jose(typ: "PASSPORT"), Fault.JoseType);

    [Fact]
    public void Critical_extensions_are_refused() => Refuses(Extra("\"crit\":[\"x\"],\"x\":1"), Fault.JoseCritical);

    [Fact]
    public void An_empty_list_of_critical_extensions_is_refused() => Refuses(Extra("\"crit\":[]"), Fault.JoseCritical);

    [Fact]
    public void An_unencoded_payload_is_refused() => Refuses(Extra("\"b64\":false"), Fault.JoseB64);

    [Fact]
    public void A_key_in_the_header_is_refused() => Refuses(Extra("\"jwk\":{\"kty\":\"EC\"}"), Fault.JoseEmbeddedKey);

    [Fact]
    public void A_key_set_in_the_header_is_refused() =>
        Refuses(Extra("\"jku\":\"https://evil.example/\""), Fault.JoseKeyUrl);

    [Fact]
    public void A_certificate_in_the_header_is_refused() =>
        Refuses(Extra("\"x5c\":[\"MIIB\"]"), Fault.JoseEmbeddedCertificate);

    [Fact]
    public void A_header_without_x5u_is_refused() =>
        Refuses("{\"alg\":\"ES256\",\"typ\":\"passport\"}", Fault.JoseX5uMissing);

    [Fact]
    public void An_x5u_that_is_a_number_is_refused() =>
        Refuses("{\"alg\":\"ES256\",\"typ\":\"passport\",\"x5u\":1}", Fault.JoseMemberType);

    [Fact]
    public void A_ppt_that_is_null_is_refused() => Refuses(Extra("\"ppt\":null"), Fault.JoseMemberType);

    [Fact]
    public void A_ppt_parameter_that_differs_is_refused() =>
        _rig.Refuses(StirRig.Call(StirRig.Header(_rig.Shaken(), "div")), Fault.PptMismatch, 438, "Invalid PASSporT");

    [Fact]
    public void A_ppt_parameter_on_a_baseline_token_is_refused()
    {
        string token = _rig.Sign("{\"alg\":\"ES256\",\"typ\":\"passport\"," + X5u + "}", StirRig.ClaimsJson);
        _rig.Refuses(StirRig.Call(StirRig.Header(token, "shaken")), Fault.PptMismatch, 438, "Invalid PASSporT");
    }

    [Fact]
    public void An_unsupported_kind_is_ignored_whatever_else_is_wrong_with_it()
    {
        string token = _rig.Sign(Extra("\"ppt\":\"foo\""), "no JSON");
        _rig.Verify(StirRig.Header(token)).Status.ShouldBe(new FaultStatus(428, "Use Supported PASSporT Format"));
    }

    [Fact]
    public void Unknown_members_are_no_fault() =>
        _rig.Verify(
                StirRig.Header(
                    _rig.SignJose(
                        StirRig.JoseJson.Replace("{", "{\"aaa\":{\"b\":[1,true,null]},", StringComparison.Ordinal)
                    )
                )
            )
            .Outcome.ShouldBe(VerificationOutcome.Passed);

    private void Refuses(string jose, Fault fault) =>
        _rig.RefusesToken(_rig.SignJose(jose), fault, 438, "Invalid PASSporT");

    private static string Jose(string alg = "ES256", string typ = "passport") =>
        $"{{\"alg\":\"{alg}\",\"ppt\":\"shaken\",\"typ\":\"{typ}\",{X5u}}}";

    private static string Extra(string members) =>
        "{\"alg\":\"ES256\"," + members + ",\"typ\":\"passport\"," + X5u + "}";
}
