using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Report;
using Ringfence.Diagnosis.Tests.Findings;

namespace Ringfence.Diagnosis.Tests.Calls;

/// <summary>Who ended a call and why, where the messages cross, are of several dialogs, or are not all there.</summary>
public sealed class CallEndTests
{
    private const string O = Script.Offer;
    private const string S = Script.Answer;

    [Fact]
    public void A_BYE_to_the_other_branch_that_answered_does_not_end_the_call()
    {
        var script = new Script()
            .A("INVITE", O)
            .B(200, S, tag: "x")
            .A("ACK", tag: "x")
            .B(200, S, tag: "y")
            .A("ACK", tag: "y")
            .A("BYE", cseq: 2, tag: "y")
            .B(200, of: "BYE", cseq: 2, tag: "y");
        var call = script.Trace().Calls[0];
        (call.State, call.EndedBy, call.Final!.ToTag).ShouldBe((CallState.Answered, CallParty.Unknown, "x"));

        // Nor is it the first to answer that counts.
        var other = new Script()
            .A("INVITE", O)
            .B(200, S, tag: "x")
            .B(200, S, tag: "y")
            .A("BYE", cseq: 2, tag: "x")
            .Wait(5)
            .A("BYE", cseq: 3, tag: "y")
            .Trace()
            .Calls[0];
        (other.State, other.Final!.ToTag).ShouldBe((CallState.Completed, "y"));
        other.TalkTime!.Value.TotalSeconds.ShouldBe(5.2, 0.1);
    }

    [Fact]
    public void An_answer_that_crosses_the_CANCEL_leaves_the_call_up()
    {
        var call = new Script()
            .A("INVITE", O)
            .B(180)
            .A("CANCEL")
            .B(200, S)
            .B(200, of: "CANCEL")
            .A("ACK", tag: "b")
            .Trace()
            .Calls[0];
        (call.State, call.Ending, call.TalkTime).ShouldBe((CallState.Answered, null, null));
    }

    [Theory]
    [InlineData(40, CallState.Cancelled, CallParty.Caller)]
    [InlineData(3, CallState.Incomplete, CallParty.Caller)]
    public void A_CANCEL_that_nothing_follows_ends_the_call_when_nobody_waits_any_more(
        int seconds,
        CallState state,
        CallParty party
    )
    {
        var call = new Script()
            .A("INVITE", O)
            .B(180)
            .A("CANCEL")
            .B(200, of: "CANCEL")
            .Wait(seconds)
            .Call("2")
            .A("OPTIONS")
            .Trace()
            .Calls[0];
        (call.State, call.EndedBy).ShouldBe((state, party));
    }

    [Fact]
    public void Of_a_call_that_began_before_the_trace_it_is_told_who_ended_it()
    {
        var call = new Script().A("INFO", tag: "b").FromB("BYE").ToB(200, "BYE").Trace().Calls[0];
        call.State.ShouldBe(CallState.Incomplete);
        Said(call).ShouldBe($"The trace does not show the whole call; {Script.BHost}:5060 ended it.");
    }

    [Theory]
    [InlineData(
        "Reason: Q.850;cause=16\r\n",
        "ended by the callee after 3.2 s. Reason given: Q.850 16 Normal call clearing."
    )]
    [InlineData(
        "Reason: SIP;cause=408;text=\"RTP timeout\", Q.850;cause=102\r\n",
        "Reason given: SIP 408 RTP timeout, Q.850 102 Recovery on timer expiry."
    )]
    [InlineData("Reason: preemption;cause=1;text=\"UA Preemption\"\r\n", "Reason given: preemption 1 UA Preemption.")]
    [InlineData("", "ended by the callee after 3.2 s.")]
    public void Why_a_call_was_ended_is_told_as_the_BYE_says(string reason, string said) =>
        Said(
                new Script()
                    .A("INVITE", O)
                    .B(200, S)
                    .A("ACK", tag: "b")
                    .Wait(3)
                    .FromB("BYE", reason)
                    .ToB(200, "BYE")
                    .Trace()
                    .Calls[0]
            )
            .ShouldEndWith(said);

    [Theory]
    [InlineData("Reason: SIP;cause=200;text=\"Call completed elsewhere\"\r\n", "Answered elsewhere")]
    [InlineData("Reason: SIP;cause=487\r\n", "The caller hung up before the answer. Reason given: SIP 487.")]
    public void A_branch_that_was_cancelled_since_another_answered_was_not_given_up(string reason, string said) =>
        Said(
                new Script()
                    .A("INVITE", O)
                    .B(180)
                    .A("CANCEL", headers: reason)
                    .B(200, of: "CANCEL")
                    .B(487)
                    .Trace()
                    .Calls[0]
            )
            .ShouldStartWith(said);

    [Fact]
    public void What_a_failure_says_of_its_cause_stands_beside_its_code() =>
        Said(
                new Script()
                    .A("INVITE", O)
                    .B(480, headers: "Reason: SIP;cause=608;text=\"Rejected\"\r\n")
                    .Trace()
                    .Calls[0]
            )
            .ShouldBe("Failed with 480 Phrase. Reason given: SIP 608 Rejected.");

    [Theory]
    [InlineData(5, 2)]
    [InlineData(15, 0)]
    public void Legs_from_two_files_are_joined_though_the_clocks_differ(int skew, int joined)
    {
        var first = new Script().Call("x", a: "203.0.113.9", b: "203.0.113.10").A("INVITE").B(200);
        var second = new Script().Wait(skew).Call("other", a: "203.0.113.10", b: "203.0.113.11").A("INVITE").B(200);
        CallTrace
            .Read(
                [CaptureInput.Bytes("one", first.Pcap()), CaptureInput.Bytes("two", second.Pcap())],
                cancellation: TestContext.Current.CancellationToken
            )
            .Calls.Sum(call => call.Legs.Count)
            .ShouldBe(joined);
    }

    private static string Said(Call call) => Verdict.Of(call, FindingTexts.In("en"));
}
