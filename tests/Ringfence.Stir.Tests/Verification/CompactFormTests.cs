using System.Text;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Verification;

/// <summary>RFC 8224 §4.1, §6.2: header and payload are made from the request, whichever of its identities was signed.</summary>
public sealed class CompactFormTests
{
    private const string Other = "12155550199";
    private readonly StirRig _rig = new();

    [Theory]
    [InlineData(StirRig.Caller, StirRig.Called)]
    [InlineData(Other, StirRig.Called)]
    [InlineData(StirRig.Caller, "12155550142")]
    [InlineData(Other, "12155550142")]
    public void Any_asserted_identity_and_To_or_the_request_URI_may_have_been_signed(string orig, string dest)
    {
        VerificationResult result = _rig.Verify(Call(Compact(orig, dest)));

        result.Outcome.ShouldBe(VerificationOutcome.Passed);
        PassportToken passport = result.Believed!.Passport!;
        passport.IsCompact.ShouldBeTrue();
        passport.Claims.Orig.ShouldBe(ClaimedIdentity.Number(orig));
        passport.Claims.Dest.ShouldBe([ClaimedIdentity.Number(dest)]);
    }

    [Fact]
    public void A_second_header_in_compact_form_is_as_good_as_the_first()
    {
        string[] headers = [StirRig.Header(_rig.Shaken()), Compact(Other, StirRig.Called)];
        _rig.Verify(Call(headers)).Identities.ShouldAllBe(identity => identity.HasPassed);
    }

    [Fact]
    public void A_caller_whom_the_request_does_not_name_is_refused() =>
        _rig.Refuses(
            Call(Compact("12155550188", StirRig.Called)),
            Fault.SignatureInvalid,
            438,
            "Invalid Identity Header"
        );

    [Fact]
    public void The_authority_asked_for_is_that_over_the_caller_who_was_signed()
    {
        _rig.Publish(
            StirRig
                .Authority.Maker("SHAKEN 1234", _rig.Key)
                .AsSigner()
                .With(new TnAuthList([], [new TelephoneNumberRange(Other, 1)]))
                .Issue(StirRig.Authority.Intermediate, StirRig.Authority.IntermediateKey)
        );

        _rig.Verify(Call(Compact(Other, StirRig.Called))).Outcome.ShouldBe(VerificationOutcome.Passed);
        _rig.Refuses(
            Call(Compact(StirRig.Caller, StirRig.Called)),
            Fault.OrigOutsideAuthority,
            437,
            "Unsupported Credential"
        );
    }

    private string Compact(string orig, string dest)
    {
        string json = $"{{\"dest\":{{\"tn\":[\"{dest}\"]}},\"iat\":1700000000,\"orig\":{{\"tn\":\"{orig}\"}}}}";
        string jose = StirRig.JoseJson.Replace("\"ppt\":\"shaken\",", "", StringComparison.Ordinal);
        return StirRig.Header(".." + _rig.Sign(jose, json).Split('.')[2]);
    }

    private static SignedCall Call(params string[] headers)
    {
        SignedCall call = StirRig.Call("12155550142", headers);
        return new SignedCall
        {
            Identities = call.Identities,
            RequestUri = call.RequestUri,
            To = call.To,
            From = call.From,
            AssertedIdentities = [StirRig.Uri(StirRig.Caller), Encoding.ASCII.GetBytes("tel:+" + Other)],
            Date = DateTimeOffset.FromUnixTimeSeconds(StirRig.Iat),
            CallId = call.CallId,
        };
    }
}
