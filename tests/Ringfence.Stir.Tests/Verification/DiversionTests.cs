using Ringfence.Stir.Claims;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Verification;

/// <summary>RFC 8946 §4.2: chains of diversions, whole and broken.</summary>
public sealed class DiversionTests
{
    private const string Second = "12155550142";
    private const string Third = "12155550153";

    private readonly StirRig _rig = new();

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 2, 0)]
    public void A_chain_of_two_diversions_passes_in_any_order(int a, int b, int c)
    {
        string[] headers = [Header(_rig.Shaken()), Div(StirRig.Called, Second), Div(Second, Third)];
        VerificationResult result = _rig.Verify(StirRig.Call(Third, [headers[a], headers[b], headers[c]]));

        result.Outcome.ShouldBe(VerificationOutcome.Passed);
        result.Attestation.ShouldBe(Attestation.A);
        result.Identities.ShouldAllBe(identity => identity.HasPassed);
    }

    [Fact]
    public void A_diversion_without_a_predecessor_is_refused_and_the_first_token_stands_alone()
    {
        // The link from the called number to the second one is missing.
        VerificationResult result = _rig.Verify(StirRig.Call(Third, [Header(_rig.Shaken()), Div(Second, Third)]));

        StirRig.ShouldFail(result.Identities[1], Fault.DivPredecessorMissing, 438, "Invalid Identity Header");
        result.Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Fact]
    public void A_diversion_alone_is_refused() =>
        _rig.Refuses(
            StirRig.Call(Second, [Div(StirRig.Called, Second)]),
            Fault.DivPredecessorMissing,
            438,
            "Invalid Identity Header"
        );

    [Fact]
    public void A_diversion_with_another_caller_breaks_the_chain()
    {
        string[] headers =
        [
            Div(StirRig.Called, Second),
            Header(_rig.Div(Second, Third, orig: "12155550199"), "div"),
            Header(_rig.Shaken()),
        ];
        VerificationResult result = _rig.Verify(StirRig.Call(Third, headers));

        // The second diversion's caller is not the request's either, which is the cheaper thing to see.
        StirRig.ShouldFail(result.Identities[1], Fault.OrigMismatch, 438, "Invalid Identity Header");
        StirRig.ShouldFail(result.Identities[0], Fault.DivTargetMismatch, 438, "Invalid Identity Header");
        result.Outcome.ShouldBe(VerificationOutcome.Failed);
    }

    [Fact]
    public void A_first_token_of_another_caller_breaks_the_chain()
    {
        string other = _rig.SignClaims(
            StirRig.ClaimsJson.Replace(StirRig.Caller, "12155550199", StringComparison.Ordinal)
        );
        VerificationResult result = _rig.Verify(StirRig.Call(Second, [Div(StirRig.Called, Second), Header(other)]));

        StirRig.ShouldFail(result.Identities[0], Fault.DivOrigChanged, 438, "Invalid Identity Header");
        result.Outcome.ShouldBe(VerificationOutcome.Failed);
    }

    [Fact]
    public void Diversions_that_go_round_in_a_loop_are_refused()
    {
        VerificationResult result = _rig.Verify(StirRig.Call(Second, [Div(Second, Third), Div(Third, Second)]));

        StirRig.ShouldFail(result.Identities[0], Fault.DivLoop, 438, "Invalid Identity Header");
        StirRig.ShouldFail(result.Identities[1], Fault.DivLoop, 438, "Invalid Identity Header");
        result.Outcome.ShouldBe(VerificationOutcome.Failed);
    }

    [Fact]
    public void A_diversion_from_itself_to_itself_is_refused() =>
        _rig.Verify(StirRig.Call(Second, [Div(Second, Second)])).Outcome.ShouldBe(VerificationOutcome.Failed);

    [Fact]
    public void A_chain_with_its_links_the_wrong_way_round_is_refused()
    {
        string[] headers = [Div(Second, StirRig.Called), Header(_rig.Shaken())];
        VerificationResult result = _rig.Verify(StirRig.Call(Second, headers));

        StirRig.ShouldFail(result.Identities[0], Fault.DivPredecessorMissing, 438, "Invalid Identity Header");
    }

    [Fact]
    public void A_last_diversion_to_someone_else_is_refused_with_the_token_under_it()
    {
        VerificationResult result = _rig.Verify(
            StirRig.Call("12155550177", [Div(StirRig.Called, Second), Header(_rig.Shaken())])
        );

        StirRig.ShouldFail(result.Identities[0], Fault.DivTargetMismatch, 438, "Invalid Identity Header");
        StirRig.ShouldFail(result.Identities[1], Fault.DestMismatch, 438, "Invalid Identity Header");
    }

    [Fact]
    public void More_diversions_than_the_limit_are_refused()
    {
        string[] numbers = [StirRig.Called, "1001", "1002", "1003", "1004", "1005", "1006"];
        string[] chain = [.. numbers.Zip(numbers.Skip(1), Div), Header(_rig.Shaken())];
        VerificationResult result = _rig.Verify(StirRig.Call("1006", chain));

        StirRig.ShouldFail(result.Identities[0], Fault.DivTooLong, 438, "Invalid Identity Header");
        result.Outcome.ShouldBe(VerificationOutcome.Failed);
    }

    [Fact]
    public void A_diversion_of_a_token_with_a_bad_signature_is_refused()
    {
        VerificationResult result = _rig.Verify(
            StirRig.Call(Second, [Div(StirRig.Called, Second), Header(Broken(_rig.Shaken()))])
        );

        StirRig.ShouldFail(result.Identities[0], Fault.ChainLinkFailed, 438, "Invalid Identity Header");
        StirRig.ShouldFail(result.Identities[1], Fault.SignatureInvalid, 438, "Invalid Identity Header");
        result.Outcome.ShouldBe(VerificationOutcome.Failed);
    }

    [Fact]
    public void A_token_that_a_bad_diversion_leads_to_the_callee_is_refused()
    {
        string broken = Header(Broken(_rig.Div(StirRig.Called, Second)), "div");
        VerificationResult result = _rig.Verify(StirRig.Call(Second, [broken, Header(_rig.Shaken())]));

        StirRig.ShouldFail(result.Identities[1], Fault.ChainDiversionFailed, 438, "Invalid Identity Header");
        result.Outcome.ShouldBe(VerificationOutcome.Failed);
    }

    [Fact]
    public void A_stale_diversion_is_refused_though_its_token_is_fresh() =>
        _rig.Refuses(
            StirRig.Call(
                Second,
                [Header(_rig.Div(StirRig.Called, Second, iat: StirRig.Iat - 100), "div"), Header(_rig.Shaken())]
            ),
            Fault.IatStale,
            403,
            "Stale Date"
        );

    [Fact]
    public void An_old_token_under_a_fresh_diversion_passes_only_in_a_trusted_transfer()
    {
        _rig.Clock.Advance(TimeSpan.FromHours(2));
        string fresh = Header(_rig.Div(StirRig.Called, Second, iat: StirRig.Iat + 7200), "div");
        SignedCall call = StirRig.Call(Second, [Header(_rig.Shaken()), fresh]);
        _rig.Refuses(call, Fault.IatStale, 403, "Stale Date");

        var transfer = new SignedCall
        {
            Identities = call.Identities,
            RequestUri = call.RequestUri,
            To = call.To,
            From = call.From,
            IsTrustedTransfer = true,
        };
        _rig.Verify(transfer).Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Fact]
    public void A_diverter_without_authority_over_its_number_is_refused()
    {
        _rig.Publish(
            StirRig
                .Authority.Maker("Caller only", _rig.Key)
                .AsSigner()
                .With(new Stir.Certificates.TnAuthList([], [new(StirRig.Caller, 1)]))
                .Issue(StirRig.Authority.Intermediate, StirRig.Authority.IntermediateKey)
        );
        VerificationResult result = _rig.Verify(
            StirRig.Call(Second, [Div(StirRig.Called, Second), Header(_rig.Shaken())])
        );

        StirRig.ShouldFail(result.Identities[0], Fault.DivOutsideAuthority, 437, "Unsupported Credential");
        result.Outcome.ShouldBe(VerificationOutcome.Failed);
    }

    [Fact]
    public void A_div_o_carries_its_original_inside()
    {
        string token = _rig.Sign(
            StirRig.JoseJson.Replace("shaken", "div-o", StringComparison.Ordinal),
            $"{{\"dest\":{{\"tn\":[\"{Second}\"]}},\"div\":{{\"tn\":\"{StirRig.Called}\"}},\"iat\":1700000000,\"opt\":\"{_rig.Shaken()}\",\"orig\":{{\"tn\":\"{StirRig.Caller}\"}}}}"
        );
        VerificationResult result = _rig.Verify(StirRig.Call(Second, [Header(token, "div-o")]));

        result.Outcome.ShouldBe(VerificationOutcome.Passed);
        result.Identities.Count.ShouldBe(2);
        result.Attestation.ShouldBe(Attestation.A);
    }

    [Fact]
    public void A_div_o_with_a_bad_original_is_refused()
    {
        string token = _rig.Sign(
            StirRig.JoseJson.Replace("shaken", "div-o", StringComparison.Ordinal),
            $"{{\"dest\":{{\"tn\":[\"{Second}\"]}},\"div\":{{\"tn\":\"{StirRig.Called}\"}},\"iat\":1700000000,\"opt\":\"{Broken(_rig.Shaken())}\",\"orig\":{{\"tn\":\"{StirRig.Caller}\"}}}}"
        );
        _rig.Refuses(
            StirRig.Call(Second, [Header(token, "div-o")]),
            Fault.ChainLinkFailed,
            438,
            "Invalid Identity Header"
        );
    }

    private string Div(string from, string to) => Header(_rig.Div(from, to), "div");

    private static string Header(string token, string? ppt = null) => StirRig.Header(token, ppt);

    private static string Broken(string token) => token[..^10] + (token[^10] == 'A' ? 'B' : 'A') + token[^9..];
}
