using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Tests.Findings;

namespace Ringfence.Diagnosis.Tests.Calls;

public sealed class CallTests
{
    private const string O = Script.Offer;
    private const string S = Script.Answer;

    public static TheoryData<CallState, CallParty, string> Outcomes() =>
        new()
        {
            { CallState.Completed, CallParty.Caller, "answered, caller ends" },
            { CallState.Completed, CallParty.Callee, "answered, callee ends" },
            { CallState.Answered, CallParty.Unknown, "answered" },
            { CallState.Early, CallParty.Unknown, "ringing" },
            { CallState.Cancelled, CallParty.Caller, "cancelled" },
            { CallState.Failed, CallParty.Callee, "busy" },
            { CallState.Refused, CallParty.Callee, "refused" },
            { CallState.Redirected, CallParty.Callee, "redirected" },
            { CallState.Unanswered, CallParty.Unknown, "nothing for 40 s" },
            { CallState.Incomplete, CallParty.Unknown, "nothing for 5 s" },
            { CallState.Incomplete, CallParty.Unknown, "only the end" },
        };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void The_outcome_and_who_ended_it_are_read_from_the_messages(CallState state, CallParty party, string what)
    {
        var call = Written(what).Trace().Calls[0];
        call.State.ShouldBe(state);
        if (state is not CallState.Incomplete)
        {
            call.EndedBy.ShouldBe(party);
        }
    }

    [Fact]
    public void A_BYE_that_goes_past_the_proxy_ends_the_call_as_well()
    {
        var call = new Script()
            .A("INVITE", O)
            .B(200, S)
            .A("ACK", tag: "b")
            .Wait(3)
            .Call("1", b: "192.0.2.77")
            .FromB("BYE")
            .ToB(200, "BYE")
            .Trace()
            .Calls.ShouldHaveSingleItem();
        call.State.ShouldBe(CallState.Completed);
        call.EndedBy.ShouldBe(CallParty.Callee);
    }

    [Fact]
    public void A_challenge_is_not_the_end_of_a_call()
    {
        var script = new Script()
            .A("INVITE", O)
            .B(407)
            .A("ACK")
            .A("INVITE", O, "Proxy-Authorization: x\r\n", cseq: 2)
            .B(200, S, cseq: 2);
        var call = script.Trace().Calls.ShouldHaveSingleItem();
        call.State.ShouldBe(CallState.Answered);
        call.Invite!.CSeq.ShouldBe(2u);
    }

    [Fact]
    public void An_early_session_is_not_the_session_that_a_call_describes()
    {
        // RFC 3959 §7: the answer and an early offer in the 183, the early answer in the PRACK.
        string part(string disposition, string sdp) =>
            $"--b\r\nContent-Type: application/sdp\r\nContent-Disposition: {disposition}\r\n\r\n{sdp}\r\n";
        string early = S.Replace("m=audio 6000", "m=audio 6042", StringComparison.Ordinal);
        var call = new Script()
            .A("INVITE", O)
            .B(
                183,
                part("early-session", early) + part("session", S) + "--b--\r\n",
                "c: multipart/mixed;boundary=b\r\n"
            )
            .A(
                "PRACK",
                O.Replace("m=audio 4000", "m=audio 4042", StringComparison.Ordinal),
                "Content-Disposition: early-session\r\n",
                cseq: 2
            )
            .Rtp(1, port: 6_042, toPort: 4_042)
            .Trace()
            .Calls[0];
        call.Messages[1].Sdp.ShouldNotBeNull().Audio!.Port.ShouldBe(6_000);
        call.Messages[2].Sdp.ShouldBeNull();

        // Its media is the call's all the same.
        call.Streams.ShouldHaveSingleItem().Destination.Port.ShouldBe((ushort)4_042);
    }

    [Fact]
    public void What_was_sent_again_is_marked_and_counts_once()
    {
        var call = new Script().A("INVITE", O).Again(2).B(180).B(200, S).Trace().Calls[0];
        call.Messages.Select(m => m.IsRetransmission).ShouldBe([false, true, true, false, false]);
        call.PostDialDelay!.Value.TotalSeconds.ShouldBe(1.5, 0.2);
    }

    [Fact]
    public void Each_branch_of_a_fork_is_an_early_dialog_of_its_own()
    {
        var call = new Script().A("INVITE", O).B(180, tag: "x").B(183, S, tag: "y").B(180, tag: "x").Trace().Calls[0];
        call.EarlyDialogs.Select(d => (d.Tag, d.Provisionals.Count)).ShouldBe([("x", 2), ("y", 1)]);
    }

    [Theory]
    [InlineData(
        LegJoin.SessionId,
        "Session-ID: 11111111111111111111111111111111\r\n",
        "Session-ID: 11111111111111111111111111111111\r\n",
        "other"
    )]
    [InlineData(LegJoin.CallIdHeader, "", "X-Call-ID: x\r\n", "other")]
    [InlineData(
        LegJoin.ChargingVector,
        "P-Charging-Vector: icid-value=\"77\"\r\n",
        "P-Charging-Vector: icid-value=77;orig-ioi=a\r\n",
        "other"
    )]
    [InlineData(LegJoin.CallIdText, "", "", "call-id-x_b2b-1")]
    [InlineData(LegJoin.NumbersAndTime, "", "", "other")]
    public void Legs_are_joined_and_the_reason_is_told(LegJoin reason, string first, string second, string secondId)
    {
        var firstId = reason == LegJoin.CallIdText ? "call-id-x" : "x";
        var trace = new Script()
            .Call(firstId, a: "203.0.113.9", b: "203.0.113.10")
            .A("INVITE", headers: first)
            .Call(secondId, a: "203.0.113.10", b: "203.0.113.11")
            .A("INVITE", headers: second)
            .B(200)
            .Trace();
        trace.Calls[0].Legs.ShouldHaveSingleItem().Join.ShouldBe(reason);
        trace.Calls[1].Legs.ShouldHaveSingleItem().Call.ShouldBe(trace.Calls[0]);
    }

    [Theory]
    [InlineData("o=a 1 1", LegJoin.SdpOrigin)]
    [InlineData("o=b2b 9 9", LegJoin.MediaAddress)]
    public void Legs_are_joined_by_what_their_offers_share(string origin, LegJoin reason)
    {
        var trace = new Script()
            .Call("x", from: "+33140000001", a: "203.0.113.9", b: "203.0.113.10")
            .A("INVITE", Script.Offer)
            .Call("y", from: "+33999999999", to: "+33888888888", a: "203.0.113.10", b: "203.0.113.11")
            .A("INVITE", Script.Offer.Replace("o=a 1 1", origin, StringComparison.Ordinal))
            .Trace();
        trace.Calls[0].Legs.ShouldHaveSingleItem().Join.ShouldBe(reason);
    }

    [Fact]
    public void Two_attempts_in_a_row_are_no_legs()
    {
        var trace = new Script()
            .Call("x", a: "203.0.113.9", b: "203.0.113.10")
            .A("INVITE")
            .B(503)
            .Call("y", a: "203.0.113.9", b: "203.0.113.11")
            .A("INVITE")
            .B(200)
            .Trace();
        trace.Calls.ShouldAllBe(call => call.Legs.Count == 0);
    }

    [Fact]
    public void Streams_belong_to_the_call_that_names_both_their_ends()
    {
        var other = S.Replace("6000", "6100", StringComparison.Ordinal);
        var trace = new Script()
            .A("INVITE", O)
            .B(200, S)
            .Rtp(2)
            .FromB("BYE")
            .Call("2")
            .A("INVITE", O)
            .B(200, other)
            .Rtp(2, port: 6100, ssrc: 9)
            .Trace();
        trace.Calls[0].Streams.ShouldHaveSingleItem().Ssrc.ShouldBe(7u);
        trace.Calls[1].Streams.ShouldHaveSingleItem().Ssrc.ShouldBe(9u);
    }

    [Fact]
    public void Loss_and_its_longest_run_are_counted()
    {
        var stream = new Script().A("INVITE", O).B(200, S).Rtp(4, skip: 20).Trace().Streams.ShouldHaveSingleItem();
        stream.Lost.ShouldBe(10);
        stream.LossBursts.ShouldBe(10);
        stream.LongestBurst.ShouldBe(1);
        stream.Duplicates.ShouldBe(0);
    }

    [Fact]
    public void More_calls_than_the_limit_let_the_oldest_go()
    {
        var script = new Script();
        for (var i = 0; i < 50; i++)
        {
            script.Call("c" + i).A("INVITE").B(486);
        }

        var trace = CallTrace.Read(
            [CaptureInput.Bytes("x", script.Pcap())],
            limits: new TraceLimits { MaxCalls = 10 },
            cancellation: TestContext.Current.CancellationToken
        );
        trace.Calls.Count.ShouldBe(10);
        trace.DroppedCalls.ShouldBe(40);
    }

    private static Script Written(string what) =>
        what switch
        {
            "answered, caller ends" => Answered().A("BYE", cseq: 2, tag: "b").B(200, of: "BYE", cseq: 2),
            "answered, callee ends" => Answered().FromB("BYE").ToB(200, "BYE"),
            "answered" => Answered(),
            "ringing" => new Script().A("INVITE", O).B(180),
            "cancelled" => new Script().A("INVITE", O).B(180).A("CANCEL").B(200, of: "CANCEL").B(487),
            "busy" => new Script().A("INVITE", O).B(486),
            "refused" => new Script().A("INVITE", O).B(607),
            "redirected" => new Script().A("INVITE", O).B(302),
            "nothing for 40 s" => new Script().A("INVITE", O).Again(6).Wait(40).Call("2").A("OPTIONS"),
            "nothing for 5 s" => new Script().A("INVITE", O).Wait(5).Call("2").A("OPTIONS"),
            "only the end" => new Script().FromB("BYE").ToB(200, "BYE"),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

    private static Script Answered() => new Script().A("INVITE", O).B(180).B(200, S).A("ACK", tag: "b").Wait(3);
}
