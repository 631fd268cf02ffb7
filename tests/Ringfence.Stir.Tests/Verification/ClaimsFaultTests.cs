using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Verification;

/// <summary>RFC 8225 §5, RFC 8588, RFC 8946, RFC 8443, RFC 9027, RFC 9795: faults of the claims. Every token is correctly signed.</summary>
public sealed class ClaimsFaultTests
{
    private const string Dest = "\"dest\":{\"tn\":[\"12155550131\"]}";
    private const string Iat = "\"iat\":1700000000";
    private const string Orig = "\"orig\":{\"tn\":\"12155550121\"}";
    private const string Shaken = "\"attest\":\"A\",\"origid\":\"" + StirRig.OrigId + "\"";

    private readonly StirRig _rig = new();

    [Fact]
    public void A_payload_that_is_not_JSON_is_refused() => Refuses("attest=A", Fault.ClaimsSyntax);

    [Fact]
    public void A_tab_inside_of_text_is_refused() => Refuses("{\"a\tb\":1}", Fault.ClaimsSyntax);

    [Fact]
    public void A_leading_zero_is_refused() => Refuses("{\"iat\":01700000000}", Fault.ClaimsSyntax);

    [Fact]
    public void A_claim_twice_is_refused() =>
        Refuses($"{{{Dest},{Iat},{Orig},{Shaken},\"attest\":\"C\"}}", Fault.ClaimsDuplicate);

    [Fact]
    public void A_member_twice_inside_of_a_claim_is_refused() =>
        Refuses($"{{{Dest},{Iat},\"orig\":{{\"tn\":\"1\",\"tn\":\"12155550121\"}},{Shaken}}}", Fault.ClaimsDuplicate);

    [Fact]
    public void A_payload_nested_too_deeply_is_refused() =>
        Refuses(
            "{\"x\":" + string.Concat(Enumerable.Repeat("{\"y\":", 20)) + "1" + new string('}', 21),
            Fault.ClaimsDepth
        );

    [Fact]
    public void Data_after_the_payload_is_refused() => Refuses(StirRig.ClaimsJson + ",", Fault.ClaimsTrailing);

    [Fact]
    public void A_payload_that_is_text_is_refused() => Refuses("\"attest\"", Fault.ClaimsNotObject);

    [Fact]
    public void A_fraction_of_a_second_is_refused() =>
        Refuses($"{{{Dest},\"iat\":1700000000.5,{Orig},{Shaken}}}", Fault.ClaimsNumber);

    [Fact]
    public void An_exponent_is_refused() => Refuses($"{{{Dest},\"iat\":17e8,{Orig},{Shaken}}}", Fault.ClaimsNumber);

    [Fact]
    public void A_payload_of_a_thousand_members_is_refused() =>
        Refuses("{\"x\":[" + string.Join(',', Enumerable.Repeat("1", 2000)) + "]}", Fault.ClaimsTooLarge);

    [Fact]
    public void A_missing_iat_is_refused() => Refuses($"{{{Dest},{Orig},{Shaken}}}", Fault.IatMissing);

    [Fact]
    public void An_iat_that_is_text_is_refused() =>
        Refuses($"{{{Dest},\"iat\":\"1700000000\",{Orig},{Shaken}}}", Fault.IatNotInteger);

    [Theory]
    [InlineData("-1")]
    [InlineData("99999999999999")]
    [InlineData("99999999999999999999999999")]
    public void An_iat_that_is_no_time_is_refused(string iat) =>
        Refuses($"{{{Dest},\"iat\":{iat},{Orig},{Shaken}}}", Fault.IatRange);

    [Fact]
    public void A_missing_orig_is_refused() => Refuses($"{{{Dest},{Iat},{Shaken}}}", Fault.OrigMissing);

    [Fact]
    public void An_orig_of_two_identities_is_refused() =>
        Refuses(
            $"{{{Dest},{Iat},\"orig\":{{\"tn\":\"12155550121\",\"uri\":\"sip:a@b\"}},{Shaken}}}",
            Fault.OrigMalformed
        );

    [Fact]
    public void An_orig_that_is_a_list_is_refused() =>
        Refuses($"{{{Dest},{Iat},\"orig\":{{\"tn\":[\"12155550121\"]}},{Shaken}}}", Fault.OrigMalformed);

    [Fact]
    public void An_orig_that_is_text_is_refused() =>
        Refuses($"{{{Dest},{Iat},\"orig\":\"12155550121\",{Shaken}}}", Fault.OrigMalformed);

    [Fact]
    public void A_plus_in_orig_is_refused() =>
        Refuses($"{{{Dest},{Iat},\"orig\":{{\"tn\":\"+12155550121\"}},{Shaken}}}", Fault.OrigNotCanonical);

    [Fact]
    public void A_missing_dest_is_refused() => Refuses($"{{{Iat},{Orig},{Shaken}}}", Fault.DestMissing);

    [Fact]
    public void A_dest_that_is_no_list_is_refused() =>
        Refuses($"{{\"dest\":{{\"tn\":\"12155550131\"}},{Iat},{Orig},{Shaken}}}", Fault.DestMalformed);

    [Fact]
    public void A_dest_with_a_number_for_text_is_refused() =>
        Refuses($"{{\"dest\":{{\"tn\":[12155550131]}},{Iat},{Orig},{Shaken}}}", Fault.DestMalformed);

    [Fact]
    public void An_empty_dest_is_refused() =>
        Refuses($"{{\"dest\":{{\"tn\":[]}},{Iat},{Orig},{Shaken}}}", Fault.DestEmpty);

    [Fact]
    public void A_plus_in_dest_is_refused() =>
        Refuses($"{{\"dest\":{{\"tn\":[\"+12155550131\"]}},{Iat},{Orig},{Shaken}}}", Fault.DestNotCanonical);

    [Fact]
    public void A_dest_of_half_a_city_is_refused() =>
        Refuses(
            $"{{\"dest\":{{\"tn\":[{string.Join(',', Enumerable.Range(0, 51).Select(n => $"\"1215555{n:D4}\""))}]}},{Iat},{Orig},{Shaken}}}",
            Fault.DestTooMany
        );

    [Fact]
    public void A_missing_attestation_is_refused() =>
        Refuses($"{{{Dest},{Iat},{Orig},\"origid\":\"{StirRig.OrigId}\"}}", Fault.AttestMissing);

    [Theory]
    [InlineData("\"X\"")]
    [InlineData("\"a\"")]
    [InlineData("\"AB\"")]
    [InlineData("\"\"")]
    [InlineData("1")]
    [InlineData("null")]
    public void An_attestation_that_is_none_of_the_three_is_refused(string attest) =>
        Refuses($"{{\"attest\":{attest},{Dest},{Iat},{Orig},\"origid\":\"{StirRig.OrigId}\"}}", Fault.AttestValue);

    [Fact]
    public void A_missing_origid_is_refused() =>
        Refuses($"{{\"attest\":\"A\",{Dest},{Iat},{Orig}}}", Fault.OrigIdMissing);

    [Theory]
    [InlineData("\"gateway-7\"")]
    [InlineData("\"123e4567-e89b-12d3-a456-42665544000\"")]
    [InlineData("7")]
    public void An_origid_that_is_no_UUID_is_refused(string origId) =>
        Refuses($"{{\"attest\":\"A\",{Dest},{Iat},{Orig},\"origid\":{origId}}}", Fault.OrigIdMalformed);

    [Fact]
    public void A_diversion_without_div_is_refused() => Refuses("div", $"{{{Dest},{Iat},{Orig}}}", Fault.DivMissing);

    [Fact]
    public void A_diversion_from_a_list_is_refused() =>
        Refuses("div", $"{{{Dest},\"div\":{{\"tn\":[\"1\"]}},{Iat},{Orig}}}", Fault.DivMalformed);

    [Fact]
    public void A_diversion_with_opt_is_refused() =>
        Refuses("div", $"{{{Dest},\"div\":{{\"tn\":\"1\"}},{Iat},\"opt\":\"a.b.c\",{Orig}}}", Fault.DivHasOpt);

    [Fact]
    public void A_div_o_without_opt_is_refused() =>
        Refuses("div-o", $"{{{Dest},\"div\":{{\"tn\":\"1\"}},{Iat},{Orig}}}", Fault.OptMissing);

    [Fact]
    public void A_div_o_with_a_compact_opt_is_refused() =>
        Refuses("div-o", $"{{{Dest},\"div\":{{\"tn\":\"1\"}},{Iat},\"opt\":\"..AAAA\",{Orig}}}", Fault.OptMalformed);

    [Fact]
    public void A_priority_without_rph_is_refused() => Refuses("rph", $"{{{Dest},{Iat},{Orig}}}", Fault.RphMissing);

    [Fact]
    public void A_priority_without_values_is_refused() =>
        Refuses("rph", $"{{{Dest},{Iat},{Orig},\"rph\":{{\"auth\":[]}}}}", Fault.RphMalformed);

    [Fact]
    public void A_callback_of_another_value_is_refused() =>
        Refuses(
            "rph",
            $"{{{Dest},{Iat},{Orig},\"rph\":{{\"auth\":[\"esnet.0\"]}},\"sph\":\"urgent\"}}",
            Fault.SphValue
        );

    [Fact]
    public void A_callback_outside_of_esnet_is_refused() =>
        Refuses(
            "rph",
            $"{{{Dest},{Iat},{Orig},\"rph\":{{\"auth\":[\"ets.0\"]}},\"sph\":\"psap-callback\"}}",
            Fault.SphValue
        );

    [Fact]
    public void Rich_call_data_without_rcd_is_refused() => Refuses("rcd", $"{{{Dest},{Iat},{Orig}}}", Fault.RcdMissing);

    [Fact]
    public void Rich_call_data_without_name_is_refused() =>
        Refuses("rcd", $"{{{Dest},{Iat},{Orig},\"rcd\":{{}}}}", Fault.RcdNameMissing);

    [Fact]
    public void Rich_call_data_that_is_text_is_refused() =>
        Refuses("rcd", $"{{{Dest},{Iat},{Orig},\"rcd\":\"Bank\"}}", Fault.RcdMalformed);

    [Fact]
    public void A_name_that_is_a_number_is_refused() =>
        Refuses("rcd", $"{{{Dest},{Iat},{Orig},\"rcd\":{{\"nam\":7}}}}", Fault.RcdMalformed);

    [Fact]
    public void A_card_and_a_link_to_a_card_are_refused() =>
        Refuses(
            "rcd",
            $"{{{Dest},{Iat},{Orig},\"rcd\":{{\"jcd\":[],\"jcl\":\"https://a\",\"nam\":\"\"}}}}",
            Fault.RcdCardTwice
        );

    [Fact]
    public void Integrity_by_an_unknown_hash_is_refused() =>
        Refuses(
            "rcd",
            $"{{{Dest},{Iat},{Orig},\"rcd\":{{\"nam\":\"Q\"}},\"rcdi\":{{\"/nam\":\"md5-AAAA\"}}}}",
            Fault.RcdIntegrityMalformed
        );

    [Fact]
    public void A_name_that_does_not_match_its_digest_is_refused() =>
        Refuses(
            "rcd",
            $"{{{Dest},{Iat},{Orig},\"rcd\":{{\"nam\":\"Q Branch Spy Gadgets Ltd\"}},\"rcdi\":{{\"/nam\":\"sha256-sM275lTgzCte+LHOKHtU4SxG8shlOo6OS4ot8IJQImY\"}}}}",
            Fault.RcdIntegrityMismatch
        );

    [Fact]
    public void A_name_that_looks_like_a_link_is_still_checked_against_its_digest() =>
        Refuses(
            "rcd",
            $"{{{Dest},{Iat},{Orig},\"rcd\":{{\"nam\":\"https://bank.example\"}},\"rcdi\":{{\"/nam\":\"sha256-sM275lTgzCte+LHOKHtU4SxG8shlOo6OS4ot8IJQImY\"}}}}",
            Fault.RcdIntegrityMismatch
        );

    [Fact]
    public void Media_keys_that_are_no_list_are_refused() =>
        Refuses($"{{{Dest},{Iat},\"mky\":{{}},{Orig},{Shaken}}}", Fault.MkyMalformed);

    [Fact]
    public void A_media_key_without_digest_is_refused() =>
        Refuses($"{{{Dest},{Iat},\"mky\":[{{\"alg\":\"sha-256\"}}],{Orig},{Shaken}}}", Fault.MkyMalformed);

    [Fact]
    public void Extra_claims_and_another_order_are_no_fault() =>
        _rig.Verify(StirRig.Header(_rig.SignClaims($"{{ {Shaken},{Orig}, {Iat},\"x\":[1,\"\\u00e9\"],{Dest}}}")))
            .Outcome.ShouldBe(VerificationOutcome.Passed);

    [Fact]
    public void Octets_that_are_not_UTF_8_are_refused()
    {
        string input =
            _rig.Shaken().Split('.')[0]
            + "."
            + System.Buffers.Text.Base64Url.EncodeToString(
                "{\"a\":\"\xff\"}"u8.ToArray().Select(b => b == 0xC3 ? (byte)0xFF : b).ToArray()
            );
        byte[] signature = _rig.Key.SignData(
            System.Text.Encoding.ASCII.GetBytes(input),
            System.Security.Cryptography.HashAlgorithmName.SHA256
        );
        _rig.RefusesToken(
            $"{input}.{System.Buffers.Text.Base64Url.EncodeToString(signature)}",
            Fault.ClaimsEncoding,
            438,
            "Invalid PASSporT"
        );
    }

    private void Refuses(string claims, Fault fault) => Refuses("shaken", claims, fault);

    private void Refuses(string ppt, string claims, Fault fault) =>
        _rig.RefusesToken(
            _rig.Sign(StirRig.JoseJson.Replace("shaken", ppt, StringComparison.Ordinal), claims),
            fault,
            438,
            "Invalid PASSporT"
        );
}
