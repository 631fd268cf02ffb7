using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Verification;

/// <summary>RFC 7518 §3.4 and RFC 8224 §12.1: signatures that are none, and tokens used again.</summary>
public sealed class SignatureFaultTests
{
    private const string Order = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";

    private readonly StirRig _rig = new();

    [Fact]
    public void A_signature_of_zeros_is_refused() => Refuses(new byte[64], Fault.SignatureZero);

    [Fact]
    public void A_signature_with_r_zero_is_refused() =>
        Refuses([.. new byte[32], .. Signature()[32..]], Fault.SignatureZero);

    [Fact]
    public void A_signature_with_s_zero_is_refused() =>
        Refuses([.. Signature()[..32], .. new byte[32]], Fault.SignatureZero);

    [Fact]
    public void A_signature_with_r_the_order_is_refused() =>
        Refuses([.. Convert.FromHexString(Order), .. Signature()[32..]], Fault.SignatureRange);

    [Fact]
    public void A_signature_with_s_all_ones_is_refused() =>
        Refuses([.. Signature()[..32], .. Enumerable.Repeat((byte)0xFF, 32)], Fault.SignatureRange);

    [Fact]
    public void A_signature_with_r_and_s_swapped_is_refused() =>
        Refuses([.. Signature()[32..], .. Signature()[..32]], Fault.SignatureInvalid);

    [Fact]
    public void A_signature_with_one_bit_changed_is_refused()
    {
        byte[] signature = Signature();
        signature[40] ^= 1;
        Refuses(signature, Fault.SignatureInvalid);
    }

    [Fact]
    public void A_signature_by_another_key_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Refuses(other.SignData(Input(), HashAlgorithmName.SHA256), Fault.SignatureInvalid);
    }

    [Fact]
    public void A_signature_by_another_hash_is_refused() =>
        Refuses(_rig.Key.SignData(Input(), HashAlgorithmName.SHA384), Fault.SignatureInvalid);

    [Fact]
    public void A_signature_over_other_claims_is_refused()
    {
        string stronger = _rig.SignClaims(StirRig.ClaimsJson);
        string weaker = _rig.SignClaims(StirRig.ClaimsJson.Replace("\"A\"", "\"C\"", StringComparison.Ordinal));
        string token = stronger[..stronger.LastIndexOf('.')] + weaker[weaker.LastIndexOf('.')..];
        _rig.RefusesToken(token, Fault.SignatureInvalid, 438, "Invalid Identity Header");
    }

    [Fact]
    public void A_public_key_used_as_a_secret_is_refused_by_its_algorithm()
    {
        string jose = StirRig.JoseJson.Replace("ES256", "HS256", StringComparison.Ordinal);
        string input =
            Base64Url.EncodeToString(Encoding.UTF8.GetBytes(jose))
            + "."
            + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(StirRig.ClaimsJson));
        byte[] mac = HMACSHA256.HashData(_rig.Key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(input));
        _rig.RefusesToken($"{input}.{Base64Url.EncodeToString(mac)}", Fault.JoseAlgorithm, 438, "Invalid PASSporT");
    }

    [Fact]
    public void The_same_token_in_another_call_is_a_replay()
    {
        _rig.Verify(In("call-1")).Outcome.ShouldBe(VerificationOutcome.Passed);
        _rig.Refuses(In("call-2"), Fault.Replayed, 438, "Invalid Identity Header");
    }

    [Fact]
    public void The_same_token_in_the_same_call_is_a_fork_or_a_retry()
    {
        _rig.Verify(In("call-1")).Outcome.ShouldBe(VerificationOutcome.Passed);
        _rig.Verify(In("call-1")).Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Fact]
    public void The_same_token_on_another_route_after_a_failed_call_is_a_retry()
    {
        VerificationResult first = _rig.Verify(In("call-1"));
        _rig.Refuses(In("call-2"), Fault.Replayed, 438, "Invalid Identity Header");
        _rig.Verifier.Release(first);
        _rig.Verify(In("call-2")).Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Fact]
    public void A_replay_that_was_refused_takes_nothing_back()
    {
        _rig.Verify(In("call-1")).Outcome.ShouldBe(VerificationOutcome.Passed);
        _rig.Verifier.Release(_rig.Verify(In("call-2")));
        _rig.Refuses(In("call-3"), Fault.Replayed, 438, "Invalid Identity Header");
    }

    [Fact]
    public void A_negated_signature_holds_and_is_the_same_token_again()
    {
        string token = _rig.Shaken();
        byte[] negated = DeterministicEcdsa.Negate(Base64Url.DecodeFromChars(token.AsSpan(token.LastIndexOf('.') + 1)));
        string second = token[..(token.LastIndexOf('.') + 1)] + Base64Url.EncodeToString(negated);

        _rig.Verify(In("call-1", second)).Outcome.ShouldBe(VerificationOutcome.Passed);
        _rig.Refuses(In("call-2", token), Fault.Replayed, 438, "Invalid Identity Header");
    }

    [Fact]
    public void A_replay_is_let_through_where_policy_says_so()
    {
        _rig.Verifier = _rig.Make(new VerificationOptions { RefuseReplays = false });
        _rig.Verify(In("call-1")).Outcome.ShouldBe(VerificationOutcome.Passed);
        _rig.Verify(In("call-2")).Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Fact]
    public void A_token_that_failed_is_not_remembered()
    {
        string token = _rig.Shaken();
        byte[] broken = Base64Url.DecodeFromChars(token.AsSpan(token.LastIndexOf('.') + 1));
        broken[63] ^= 1;
        Refuses(broken, Fault.SignatureInvalid);
        _rig.Verify(In("call-2", token)).Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Fact]
    public void A_token_is_remembered_for_as_long_as_it_is_fresh()
    {
        _rig.Clock.Advance(TimeSpan.FromSeconds(-69));
        _rig.Verify(In("call-1")).Outcome.ShouldBe(VerificationOutcome.Passed);
        _rig.Clock.Advance(TimeSpan.FromSeconds(118));
        _rig.Refuses(In("call-2"), Fault.Replayed, 438, "Invalid Identity Header");
    }

    private SignedCall In(string callId, string? token = null)
    {
        SignedCall call = StirRig.Call(StirRig.Header(token ?? _rig.Shaken()));
        return new SignedCall
        {
            Identities = call.Identities,
            RequestUri = call.RequestUri,
            To = call.To,
            From = call.From,
            CallId = Encoding.ASCII.GetBytes(callId),
        };
    }

    private byte[] Input()
    {
        string token = _rig.Shaken();
        return Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]);
    }

    private byte[] Signature() => _rig.Key.SignData(Input(), HashAlgorithmName.SHA256);

    private void Refuses(byte[] signature, Fault fault) =>
        _rig.RefusesToken(
            $"{Encoding.ASCII.GetString(Input())}.{Base64Url.EncodeToString(signature)}",
            fault,
            438,
            "Invalid Identity Header"
        );
}
