using System.Text;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Verification;

/// <summary>RFC 8224 §6.2 steps 2 and 4: a token of another time, another caller or another callee.</summary>
public sealed class BindingFaultTests
{
    private readonly StirRig _rig = new();

    [Fact]
    public void A_token_of_a_minute_ago_passes_and_of_a_second_more_is_stale()
    {
        _rig.Clock.Advance(TimeSpan.FromSeconds(50));
        _rig.Verify(StirRig.Header(_rig.Shaken())).Outcome.ShouldBe(VerificationOutcome.Passed);
        _rig.Clock.Advance(TimeSpan.FromSeconds(1));
        _rig.RefusesToken(_rig.Shaken(), Fault.IatStale, 403, "Stale Date");
    }

    [Fact]
    public void A_token_of_a_minute_ahead_passes_and_of_a_second_more_is_refused()
    {
        _rig.Clock.Advance(TimeSpan.FromSeconds(-70));
        _rig.Verify(StirRig.Header(_rig.Shaken())).Outcome.ShouldBe(VerificationOutcome.Passed);
        _rig.Clock.Advance(TimeSpan.FromSeconds(-1));
        _rig.RefusesToken(_rig.Shaken(), Fault.IatFuture, 403, "Stale Date");
    }

    [Fact]
    public void A_token_of_a_day_ahead_is_refused()
    {
        _rig.Clock.Advance(TimeSpan.FromDays(-1));
        _rig.RefusesToken(_rig.Shaken(), Fault.IatFuture, 403, "Stale Date");
    }

    [Fact]
    public void A_compact_token_with_an_old_date_is_stale() =>
        _rig.Refuses(With(Compact(), date: TestClock.Golden.AddSeconds(-61)), Fault.DateStale, 403, "Stale Date");

    [Fact]
    public void A_compact_token_with_a_date_ahead_is_refused() =>
        _rig.Refuses(With(Compact(), date: TestClock.Golden.AddSeconds(61)), Fault.DateFuture, 403, "Stale Date");

    [Fact]
    public void A_date_that_differs_from_iat_is_reported_and_iat_counts()
    {
        VerificationResult result = _rig.Verify(With(Shaken(), date: TestClock.Golden.AddDays(-3)));

        result.Outcome.ShouldBe(VerificationOutcome.Passed);
        result
            .Identities[0]
            .Steps.Single(step => step.Outcome == StepOutcome.Warned && step.Rule == VerificationRule.Freshness)
            .Fault.ShouldBe(Fault.DateDiffers);
    }

    [Fact]
    public void Another_caller_is_refused() => Mismatch(Fault.OrigMismatch, from: "sip:+12155550199@example.com");

    [Fact]
    public void A_caller_that_a_stripped_leading_one_would_match_is_refused()
    {
        // US 1 202 555 1234 and Egypt 20 255 51234.
        string claims = StirRig.ClaimsJson.Replace(StirRig.Caller, "12025551234", StringComparison.Ordinal);
        _rig.Refuses(
            With(Shaken(claims), from: "sip:+2025551234@example.com"),
            Fault.OrigMismatch,
            438,
            "Invalid Identity Header"
        );
    }

    [Fact]
    public void A_caller_with_a_digit_more_is_refused() =>
        Mismatch(Fault.OrigMismatch, from: "sip:+121555501210@example.com");

    [Fact]
    public void A_caller_that_is_a_name_is_refused() => Mismatch(Fault.OrigMismatch, from: "sip:alice@example.com");

    [Fact]
    public void A_caller_with_two_hosts_is_nobody() =>
        Mismatch(Fault.CallerMissing, from: "sip:+12155550121@good@evil.example");

    [Fact]
    public void An_anonymous_caller_is_not_the_signed_one() =>
        Mismatch(Fault.OrigMismatch, from: "sip:anonymous@anonymous.invalid");

    [Fact]
    public void An_asserted_identity_counts_before_from() => Mismatch(Fault.OrigMismatch, asserted: "tel:+12155550199");

    [Fact]
    public void An_asserted_identity_that_matches_passes_whatever_from_says() =>
        _rig.Verify(With(Shaken(), from: "sip:anonymous@anonymous.invalid", asserted: "tel:+1-215-555-0121"))
            .Outcome.ShouldBe(VerificationOutcome.Passed);

    [Theory]
    [InlineData("sip:+12155550121@example.com")]
    [InlineData("sip:12155550121@example.com")]
    [InlineData("sip:+1-215-555-0121@example.com;user=phone")]
    [InlineData("sip:+12155550121;npdi;verstat=TN-Validation-Passed@example.com:5070;transport=udp")]
    [InlineData("sips:%2B12155550121:secret@example.com")]
    [InlineData("tel:+1(215)555.0121;cpc=ordinary")]
    public void The_same_caller_in_another_spelling_passes(string from) =>
        _rig.Verify(With(Shaken(), from: from)).Outcome.ShouldBe(VerificationOutcome.Passed);

    [Fact]
    public void A_replay_to_another_callee_is_refused() =>
        Mismatch(Fault.DestMismatch, target: "sip:+12155550177@example.com", to: "sip:+12155550177@example.com");

    [Fact]
    public void A_callee_that_only_To_names_passes() =>
        _rig.Verify(With(Shaken(), target: "sip:gateway.example.com")).Outcome.ShouldBe(VerificationOutcome.Passed);

    [Fact]
    public void A_callee_that_only_the_request_URI_names_passes() =>
        _rig.Verify(With(Shaken(), to: "sip:hidden@example.com")).Outcome.ShouldBe(VerificationOutcome.Passed);

    [Fact]
    public void Media_keys_of_another_offer_are_refused()
    {
        string claims = StirRig.ClaimsJson.Replace(
            "\"orig\":",
            "\"mky\":[{\"alg\":\"sha-256\",\"dig\":\"AA\"}],\"orig\":",
            StringComparison.Ordinal
        );
        SignedCall call = With(Shaken(claims), keys: [new MediaKey("sha-256", "BB")]);
        _rig.Refuses(call, Fault.MediaKeyMismatch, 438, "Invalid Identity Header");
    }

    [Fact]
    public void A_priority_beyond_the_signed_one_is_refused() =>
        _rig.Refuses(
            With(Priority(), priorities: ["ets.0", "wps.0"]),
            Fault.PriorityMismatch,
            438,
            "Invalid Identity Header"
        );

    [Fact]
    public void A_signed_callback_without_the_header_is_refused() =>
        _rig.Refuses(
            With(Priority(callback: true), priorities: ["esnet.0"]),
            Fault.CallbackMismatch,
            438,
            "Invalid Identity Header"
        );

    [Fact]
    public void A_priority_signed_by_anyone_is_refused() =>
        _rig.Refuses(With(Priority(), priorities: ["ets.0"]), Fault.PriorityAuthority, 437, "Unsupported Credential");

    [Fact]
    public void A_priority_signed_by_its_authority_passes_and_says_nothing_of_the_caller()
    {
        _rig.Verifier = _rig.Make(new VerificationOptions { PrioritySigners = new HashSet<string> { "1234" } });
        VerificationResult result = _rig.Verify(With(Priority(), priorities: ["ets.0"]));

        result.Identities[0].HasPassed.ShouldBeTrue();
        result.Outcome.ShouldBe(VerificationOutcome.Absent);
    }

    private void Mismatch(
        Fault fault,
        string? from = null,
        string? asserted = null,
        string? target = null,
        string? to = null
    ) =>
        _rig.Refuses(
            With(Shaken(), from: from, asserted: asserted, target: target, to: to),
            fault,
            438,
            "Invalid Identity Header"
        );

    private string Shaken(string claims = StirRig.ClaimsJson) => StirRig.Header(_rig.SignClaims(claims));

    private string Compact() => StirRig.Header(".." + _rig.Shaken().Split('.')[2]);

    private string Priority(bool callback = false)
    {
        string extra = callback
            ? "\"rph\":{\"auth\":[\"esnet.0\"]},\"sph\":\"psap-callback\""
            : "\"rph\":{\"auth\":[\"ets.0\"]}";
        string claims =
            $"{{\"dest\":{{\"tn\":[\"12155550131\"]}},\"iat\":1700000000,\"orig\":{{\"tn\":\"12155550121\"}},{extra}}}";
        return StirRig.Header(
            _rig.Sign(StirRig.JoseJson.Replace("shaken", "rph", StringComparison.Ordinal), claims),
            "rph"
        );
    }

    private static SignedCall With(
        string header,
        DateTimeOffset? date = null,
        string? from = null,
        string? asserted = null,
        string? target = null,
        string? to = null,
        IReadOnlyList<MediaKey>? keys = null,
        IReadOnlyList<string>? priorities = null
    ) =>
        new()
        {
            Identities = [Encoding.UTF8.GetBytes(header)],
            RequestUri = target is null ? StirRig.Uri(StirRig.Called) : Encoding.UTF8.GetBytes(target),
            To = to is null ? StirRig.Uri(StirRig.Called) : Encoding.UTF8.GetBytes(to),
            From = from is null ? StirRig.Uri(StirRig.Caller) : Encoding.UTF8.GetBytes(from),
            AssertedIdentities = asserted is null ? [] : [Encoding.UTF8.GetBytes(asserted)],
            Date = date,
            MediaKeys = keys,
            ResourcePriorities = priorities,
        };
}
