using Ringfence.Sip.Calls;
using Ringfence.Sip.Tests.Transactions;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>Reliable provisional responses (RFC 3262), the side that sends them.</summary>
public class ReliableProgressTests
{
    private const string Supports = "Supported: 100rel\r\n";
    private const string Requires = "Require: 100rel\r\n";
    private readonly TypedWorld _world = new();

    private long[] ProgressAt =>
        [.. _world.Wire.Sent.Where(sent => SipText.Status(sent.Text) is > 100 and < 200).Select(sent => sent.At)];

    private string LastProgress => _world.Wire.Sent.Last(sent => SipText.Status(sent.Text) is > 100 and < 200).Text;

    [Theory]
    [InlineData("", true, false)]
    [InlineData(Supports, true, true)]
    [InlineData(Supports, false, false)]
    [InlineData(Requires, true, true)]
    [InlineData(Requires, false, true)]
    public void A_response_is_reliable_where_the_far_side_can_and_it_matters(string extra, bool hasSdp, bool isReliable)
    {
        Receive(extra, call => call.Progress(183, default, hasSdp ? CallSide.Offer : Body.None));

        SipText.Header(LastProgress, "Require").ShouldBe(isReliable ? "100rel" : "");
        (SipText.Header(LastProgress, "RSeq").Length > 0).ShouldBe(isReliable);
    }

    [Fact]
    public void Without_PRACK_it_is_repeated_without_a_cap_and_ends_in_504_after_64_T1()
    {
        Receive(Supports, call => call.Progress(183, default, CallSide.Offer));
        _world.Run(31_999);
        ProgressAt.ShouldBe([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500]);

        _world.Run(1);

        _world.Statuses[^1].ShouldBe(504);
        _world.Heard.ShouldBe(["invite", "ended NotAcknowledged"]);
        _world.ShouldBeEmptyAfter(32_000);
    }

    [Fact]
    public void The_PRACK_stops_the_repeats_and_is_answered_200()
    {
        Receive(Supports, call => call.Progress(183, default, CallSide.Offer));
        _world.Run(600);
        Prack();
        _world.Statuses[^1].ShouldBe(200);
        _world.Run(60_000);
        ProgressAt.ShouldBe([0, 500]);
        _world.Heard.ShouldBe(["invite"]);
    }

    [Theory]
    [InlineData("{0} 1 INVITE", 1, 481)]
    [InlineData("{0} 2 INVITE", 0, 481)]
    [InlineData("{0} 1 UPDATE", 0, 481)]
    [InlineData("x", 0, 400)]
    public void A_PRACK_for_something_else_acknowledges_nothing(string rack, uint off, int statusCode)
    {
        Receive(Supports, call => call.Progress(183, default, CallSide.Offer));
        uint number = uint.Parse(
            SipText.Header(LastProgress, "RSeq"),
            System.Globalization.CultureInfo.InvariantCulture
        );
        Send(string.Format(System.Globalization.CultureInfo.InvariantCulture, rack, number + off));
        _world.Statuses[^1].ShouldBe(statusCode);
        _world.Run(500);
        ProgressAt.Length.ShouldBe(2);
    }

    [Fact]
    public void A_second_PRACK_for_the_same_response_is_481()
    {
        Receive(Supports, call => call.Progress(183, default, CallSide.Offer));
        Prack();
        Prack(3);
        _world.Statuses[^2..].ShouldBe([200, 481]);
    }

    [Fact]
    public void The_next_reliable_response_waits_for_the_PRACK_of_the_one_before()
    {
        Receive(
            Requires,
            call =>
            {
                call.Progress(183, default, CallSide.Offer).ShouldBeTrue();
                call.Progress(180, default, Body.None).ShouldBeTrue();
            }
        );
        _world.Statuses.ShouldBe([183]);
        uint first = Number(LastProgress);
        Prack();
        _world.Statuses.ShouldBe([183, 200, 180], ignoreOrder: true);
        Number(LastProgress).ShouldBe(first + 1);
    }

    [Fact]
    public void The_2xx_waits_for_the_PRACK_of_a_response_with_SDP()
    {
        Receive(
            Supports,
            call =>
            {
                call.Progress(183, default, CallSide.Offer);
                call.Answer(Body.None).ShouldBeTrue();
                call.Answer(Body.None).ShouldBeFalse();
                call.Progress(180, default, Body.None).ShouldBeFalse();
            }
        );
        _world.Statuses.ShouldBe([183]);
        Prack();
        _world.Statuses.ShouldBe([183, 200, 200]);
        SipText.Header(_world.Wire.Last, "CSeq").ShouldBe("1 INVITE");
        _world.Call.State.ShouldBe(CallState.Answered);
    }

    [Fact]
    public void The_2xx_does_not_wait_for_one_without_SDP()
    {
        Receive(
            Requires,
            call =>
            {
                call.Progress(180, default, Body.None);
                call.Answer(CallSide.Offer);
            }
        );
        _world.Statuses.ShouldBe([180, 200]);
        _world.Run(600);
        ProgressAt.ShouldBe([0]);
    }

    [Fact]
    public void A_refusal_does_not_wait_and_ends_the_repeats()
    {
        Receive(
            Supports,
            call =>
            {
                call.Progress(183, default, CallSide.Offer);
                call.Refuse(607, default).ShouldBeTrue();
            }
        );
        _world.Statuses.ShouldBe([183, 607]);
        _world.Receive(SipText.Request("ACK", toTag: "x"));
        _world.ShouldBeEmptyAfter(32_000);
        ProgressAt.ShouldBe([0]);
    }

    [Fact]
    public void A_CANCEL_ends_a_held_answer()
    {
        Receive(
            Supports,
            call =>
            {
                call.Progress(183, default, CallSide.Offer);
                call.Answer(Body.None);
            }
        );
        _world.Receive(SipText.Request("CANCEL"));
        _world.Statuses.ShouldBe([183, 200, 487]);
        _world.Heard.ShouldBe(["invite", "ended Cancelled"]);
    }

    [Fact]
    public void Requiring_it_where_it_is_off_is_420_and_not_supporting_it_where_it_is_required_is_421()
    {
        Receive(
            Requires,
            call =>
            {
                call.Reliability = Reliability.Off;
                call.Progress(183, default, CallSide.Offer).ShouldBeFalse();
            }
        );
        _world.Statuses.ShouldBe([420]);
        SipText.Header(_world.Wire.Last, "Unsupported").ShouldBe("100rel");

        _world.Owner.OnNew = call =>
        {
            call.Reliability = Reliability.Required;
            call.Progress(183, default, CallSide.Offer).ShouldBeFalse();
        };
        _world.Receive(SipText.Request("INVITE", "z9hG4bKtwo", "call-2", body: SipText.Body));
        _world.Statuses.ShouldBe([420, 421]);
        SipText.Header(_world.Wire.Last, "Require").ShouldBe("100rel");
    }

    [Fact]
    public void A_long_ringing_reliable_call_is_renewed_every_150_seconds()
    {
        Receive(Requires, call => call.Progress(183, default, CallSide.Offer));
        Prack();
        _world.Run(149_999);
        ProgressAt.ShouldBe([0]);
        _world.Run(1);
        ProgressAt.ShouldBe([0, 150_000]);
        SipText.Header(LastProgress, "Require").ShouldBe("100rel");
        SipText.Header(LastProgress, "Content-Length").ShouldBe("0");
    }

    [Fact]
    public void A_PRACK_with_an_offer_is_its_owners_to_answer()
    {
        _world.Owner.OnAsked = request => request.Answer(200, default, CallSide.Offer);
        Receive(Supports, call => call.Progress(183, default, CallSide.Offer));
        Prack(body: SipText.Body);

        _world.Heard.ShouldBe(["invite", "request Prack"]);
        _world.Wire.Last.ShouldEndWith(SipText.Body);
    }

    [Fact]
    public void Ten_thousand_calls_without_PRACK_leave_nothing()
    {
        _world.Owner.OnNew = call => call.Progress(183, default, CallSide.Offer);
        for (int i = 0; i < 10_000; i++)
        {
            _world.Receive(SipText.Request("INVITE", $"z9hG4bK{i}", $"call-{i}", extra: Supports, body: SipText.Body));
        }

        _world.Run(32_000);
        _world.Owner.Ended.ShouldBe(10_000);
        _world.ShouldBeEmptyAfter(32_000);
    }

    private static uint Number(string response) =>
        uint.Parse(SipText.Header(response, "RSeq"), System.Globalization.CultureInfo.InvariantCulture);

    private void Receive(string extra, Action<IncomingCall> decide)
    {
        _world.Owner.OnNew = decide;
        _world.Receive(SipText.Request("INVITE", extra: extra, body: SipText.Body));
    }

    private void Prack(int cseq = 2, string body = "") => Send($"{Number(LastProgress)} 1 INVITE", cseq, body);

    private void Send(string rack, int cseq = 2, string body = "") =>
        _world.Receive(
            SipText.Request(
                "PRACK",
                $"z9hG4bKprack{cseq}",
                toTag: SipText.Parameter(SipText.Header(LastProgress, "To"), "tag"),
                cseq: cseq,
                extra: $"RAck: {rack}\r\n",
                body: body
            )
        );
}
