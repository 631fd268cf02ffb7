using System.Text;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Tests.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>Whole calls between two user agents of the stack (RFC 3261 §13, §15).</summary>
public class CallTests
{
    private readonly CallWorld _world = new();

    private CallSide Alice => _world.Alice;

    private CallSide Bob => _world.Bob;

    [Theory]
    [InlineData(TransportKind.Udp)]
    [InlineData(TransportKind.Tcp)]
    public void A_call_is_progressed_answered_and_ended_by_the_caller(TransportKind kind)
    {
        Bob.Owner.OnNew = call =>
        {
            call.Progress(183, default, CallSide.Offer).ShouldBeTrue();
            call.Answer(CallSide.Offer).ShouldBeTrue();
        };
        OutgoingCall call = Alice.Invite(Bob.Node, kind);
        _world.Run(100);
        call.State.ShouldBe(CallState.Confirmed);
        Bob.Owner.Incoming[0].State.ShouldBe(CallState.Confirmed);

        call.End(new HeaderField(HeaderId.Reason, "Q.850;cause=16")).ShouldBeTrue();
        _world.RunOut();

        _world.Steps.ShouldBe(["INVITE", "183", "200", "ACK", "BYE", "200"]);
        Alice.Heard.ShouldBe(["progress 183", "answered 200", "ended ByeSent"]);
        Bob.Heard.ShouldBe(["invite", "acknowledged", "ended ByeReceived"]);
        SipText.Header(_world.Sent("BYE"), "Reason").ShouldBe("Q.850;cause=16");
        call.State.ShouldBe(CallState.Ended);
    }

    [Fact]
    public void The_called_side_may_end_the_call_too()
    {
        Bob.Owner.OnNew = call => call.Answer(CallSide.Offer);
        OutgoingCall call = Alice.Invite(Bob.Node);
        _world.Run(100);

        Bob.Owner.Incoming[0].End().ShouldBeTrue();
        _world.RunOut();

        _world.Steps.ShouldBe(["INVITE", "200", "ACK", "BYE", "200"]);
        Alice.Heard.ShouldBe(["answered 200", "ended ByeReceived"]);
        Bob.Heard.ShouldBe(["invite", "acknowledged", "ended ByeSent"]);
        call.State.ShouldBe(CallState.Ended);
    }

    [Fact]
    public void A_refusal_carries_its_code_phrase_and_headers()
    {
        Bob.Owner.OnNew = call =>
            call.Refuse(
                607,
                default,
                new HeaderField(HeaderId.Reason, "SIP;cause=607"),
                new HeaderField("X-Why", "list")
            );
        Alice.Invite(Bob.Node);
        _world.RunOut();

        _world.Steps.ShouldBe(["INVITE", "607", "ACK"]);
        _world.Sent("607").ShouldStartWith("SIP/2.0 607 Unwanted\r\n");
        SipText.Header(_world.Sent("607"), "Reason").ShouldBe("SIP;cause=607");
        SipText.Header(_world.Sent("607"), "X-Why").ShouldBe("list");
        Alice.Heard.ShouldBe(["refused 607", "ended Refused"]);
        Bob.Heard.ShouldBe(["invite", "ended Refused"]);
    }

    [Fact]
    public void A_redirection_carries_its_contacts()
    {
        Bob.Owner.OnNew = call => call.Redirect(302, "<sip:carol@192.0.2.3>;q=0.7"u8);
        Alice.Invite(Bob.Node);
        _world.RunOut();

        SipText.Header(_world.Sent("302"), "Contact").ShouldBe("<sip:carol@192.0.2.3>;q=0.7");
        Alice.Heard.ShouldBe(["refused 302", "ended Refused"]);
    }

    [Fact]
    public void A_cancelled_call_ends_with_487()
    {
        Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        OutgoingCall call = Alice.Invite(Bob.Node);
        _world.Run(1_000);

        call.End(new HeaderField(HeaderId.Reason, "SIP;cause=200;text=\"Call completed elsewhere\"")).ShouldBeTrue();
        call.End().ShouldBeFalse();
        _world.RunOut();

        _world.Steps.ShouldBe(["INVITE", "180", "CANCEL", "200", "487", "ACK"]);
        Alice.Heard.ShouldBe(["progress 180", "ended GivenUp"]);
        Bob.Heard.ShouldBe(["invite", "ended Cancelled"]);
        Bob.Owner.LastMessage!.Value(HeaderId.Reason).StartsWith("SIP;cause=200"u8).ShouldBeTrue();
        Bob.Owner.Incoming[0].Progress(183, default, Body.None).ShouldBeFalse();
        Bob.Owner.Incoming[0].Answer(Body.None).ShouldBeFalse();
        Bob.Owner.Incoming[0].Refuse(486, default).ShouldBeFalse();
    }

    [Fact]
    public void A_CANCEL_is_held_until_a_provisional_response_has_come()
    {
        OutgoingCall call = Alice.Invite(Bob.Node);
        call.End().ShouldBeTrue();
        _world.Run(199);
        _world.Steps.ShouldBe(["INVITE"]);

        _world.RunOut();

        _world.Steps.ShouldBe(["INVITE", "100", "CANCEL", "200", "487", "ACK"]);
        Alice.Heard.ShouldBe(["ended GivenUp"]);
    }

    [Fact]
    public void A_2xx_that_crosses_the_CANCEL_is_acknowledged_and_ended()
    {
        Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        OutgoingCall call = Alice.Invite(Bob.Node);
        _world.Run(10);
        Bob.Owner.Incoming[0].Answer(CallSide.Offer);
        call.End();

        _world.RunOut();

        _world.Steps.ShouldBe(["INVITE", "180", "200", "CANCEL", "ACK", "BYE", "200", "200"], ignoreOrder: true);
        Alice.Heard.ShouldBe(["progress 180", "ended GivenUp"]);
        Bob.Heard.ShouldBe(["invite", "acknowledged", "ended ByeReceived"]);
    }

    [Fact]
    public void A_call_that_nobody_answers_is_taken_back_after_its_ring_limit()
    {
        Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        Alice.Calls.Invite(Alice.To(Bob.Node) with { RingTimeout = 20_000 }, Alice.Owner);
        _world.Run(19_999);
        _world.Steps.ShouldBe(["INVITE", "180"]);

        _world.RunOut();

        Alice.Heard.ShouldBe(["progress 180", "refused 408 alone", "ended NotAnswered"]);
        Bob.Heard.ShouldBe(["invite", "ended Cancelled"]);
    }

    [Fact]
    public void A_callee_that_says_nothing_is_given_up_at_the_ring_limit_and_not_when_the_transaction_ends()
    {
        _world.Network.SetLink(
            Alice.Node.Local.ToIPAddress(),
            Bob.Node.Local.ToIPAddress(),
            new LinkConditions { Loss = 1 }
        );
        Alice.Calls.Invite(Alice.To(Bob.Node) with { RingTimeout = 2_000 }, Alice.Owner);

        _world.Run(2_100);

        Alice.Heard.ShouldBe(["refused 408 alone", "ended NotAnswered"]);
        _world.RunOut();
        Alice.Heard.Count.ShouldBe(2);
    }

    [Fact]
    public void An_answer_after_the_ring_limit_is_acknowledged_and_ended()
    {
        Bob.Owner.OnNew = call => call.After(TimeSpan.FromMilliseconds(150), () => call.Answer(CallSide.Offer));
        Alice.Calls.Invite(Alice.To(Bob.Node) with { RingTimeout = 100 }, Alice.Owner);

        _world.RunOut();

        _world.Steps.ShouldBe(["INVITE", "200", "ACK", "BYE", "200"]);
        Alice.Heard.ShouldBe(["refused 408 alone", "ended NotAnswered"]);
        Bob.Heard.ShouldBe(["invite", "acknowledged", "ended ByeReceived"]);
    }

    [Fact]
    public void A_provisional_response_is_repeated_every_minute()
    {
        Bob.Owner.OnNew = call => call.Progress(183, default, CallSide.Offer);
        OutgoingCall call = Alice.Invite(Bob.Node);

        _world.Run(180_500);

        _world.Steps.ShouldBe(["INVITE", "183", "183", "183", "183"]);
        call.End();
        _world.RunOut();
    }

    [Fact]
    public void A_2xx_is_repeated_until_64_T1_and_then_the_call_is_ended()
    {
        var lost = new LinkConditions { Loss = 1 };
        _world.Network.SetLink(System.Net.IPAddress.Parse("192.0.2.2"), System.Net.IPAddress.Parse("192.0.2.1"), lost);
        Bob.Owner.OnNew = call => call.Answer(CallSide.Offer);
        OutgoingCall call = Alice.Invite(Bob.Node);
        _world.Run(31_990);
        _world.Steps.Count(step => step == "200").ShouldBe(11);

        _world.Run(20);

        Bob.Heard.ShouldBe(["invite", "ended NotAcknowledged"]);
        _world.Steps.Count(step => step == "BYE").ShouldBe(1);
        _world.RunOut();
        Alice.Heard.ShouldBe(["refused 408 alone", "ended Refused"]);
        call.State.ShouldBe(CallState.Ended);
    }

    [Fact]
    public void A_BYE_waits_for_the_ACK()
    {
        _world.Network.Conditions = new LinkConditions { Delay = 100 };
        Bob.Owner.OnNew = call =>
        {
            call.Answer(CallSide.Offer);
            call.End(new HeaderField(HeaderId.Reason, "Q.850;cause=31")).ShouldBeTrue();
            call.End().ShouldBeFalse();
        };
        Alice.Invite(Bob.Node);

        _world.RunOut();

        _world.Steps.ShouldBe(["INVITE", "200", "ACK", "BYE", "200"]);
        SipText.Header(_world.Sent("BYE"), "Reason").ShouldBe("Q.850;cause=31");
        Bob.Heard.ShouldBe(["invite", "ended ByeSent"]);
    }

    [Fact]
    public void A_delayed_offer_is_answered_in_the_ACK()
    {
        Bob.Owner.OnNew = call => call.Answer(CallSide.Offer);
        Alice.Owner.OnUp = call =>
        {
            call.Acknowledge(CallSide.Offer).ShouldBeTrue();
            call.Acknowledge(CallSide.Offer).ShouldBeFalse();
        };
        OutgoingCall call = Alice.Calls.Invite(Alice.To(Bob.Node) with { Body = Body.None }, Alice.Owner);
        _world.Run(100);

        call.State.ShouldBe(CallState.Confirmed);
        _world.Sent("ACK").ShouldEndWith(SipText.Body);
        Encoding.UTF8.GetString(call.Dialog!.RemoteDescription.Span).ShouldBe(SipText.Body);
        call.End();
        _world.RunOut();
    }

    [Fact]
    public void Nobody_home_is_a_408_of_our_own()
    {
        _world.Network.Conditions = new LinkConditions { Loss = 1 };
        Alice.Invite(Bob.Node);
        _world.RunOut();
        Alice.Heard.ShouldBe(["refused 408 alone", "ended Refused"]);
    }

    [Fact]
    public void A_transport_that_fails_is_a_503_of_our_own()
    {
        _world.Network.Conditions = new LinkConditions { Refuses = true };
        Alice.Invite(Bob.Node);
        _world.RunOut();
        Alice.Heard.ShouldBe(["refused 503 alone", "ended Refused"]);
    }

    [Theory]
    [InlineData(false, "TCP")]
    [InlineData(true, "UDP")]
    public void A_long_INVITE_goes_by_stream_and_by_datagram_where_that_is_refused(bool isRefused, string transport)
    {
        _world.Network.Conditions = new LinkConditions { Refuses = isRefused };
        Alice.Calls.Invite(
            Alice.To(Bob.Node) with
            {
                Headers = [new HeaderField(HeaderId.Identity, new string('a', 1_300))],
            },
            Alice.Owner
        );
        _world.Network.Conditions = LinkConditions.Perfect;
        _world.Run(50);

        Bob.Heard.ShouldBe(["invite"]);
        SipText.Header(_world.Sent("INVITE", isRefused ? 1 : 0), "Via").ShouldStartWith("SIP/2.0/" + transport);
    }

    [Fact]
    public void A_reinvite_changes_the_target_and_its_ACK_is_repeated()
    {
        Bob.Owner.OnNew = call => call.Answer(CallSide.Offer);
        Bob.Owner.OnAsked = request => request.Answer(200, default, CallSide.Offer).ShouldBeTrue();
        OutgoingCall call = Alice.Invite(Bob.Node);
        _world.Run(100);

        call.Send(
                SipMethod.Invite,
                CallSide.Offer,
                Alice.Owner,
                new HeaderField(HeaderId.Contact, "<sip:new@192.0.2.1>")
            )
            .ShouldBeTrue();
        call.Send(SipMethod.Invite, CallSide.Offer, Alice.Owner).ShouldBeFalse();
        _world.Run(100);

        Alice.Heard.ShouldBe(["answered 200", "completed Invite 200"]);
        Encoding.ASCII.GetString(Bob.Owner.Incoming[0].Dialog!.RemoteTarget.Span).ShouldBe("sip:new@192.0.2.1");
        Bob.Owner.Incoming[0].End();
        _world.RunOut();
        _world.Steps.ShouldBe(["INVITE", "200", "ACK", "INVITE", "200", "ACK", "BYE", "200"]);
        _world.Sent("BYE").ShouldStartWith("BYE sip:new@192.0.2.1 SIP/2.0");
    }

    [Fact]
    public void A_request_that_nobody_looks_at_leaves_the_session_as_it_is()
    {
        Bob.Owner.OnNew = call => call.Answer(CallSide.Offer);
        OutgoingCall call = Alice.Invite(Bob.Node);
        _world.Run(100);

        call.Send(SipMethod.Invite, CallSide.Offer, Alice.Owner);
        _world.Run(100);
        call.Send(SipMethod.Update, Body.None, Alice.Owner);
        call.Send(SipMethod.Info, Body.None, Alice.Owner);
        call.Send(SipMethod.Info, CallSide.Offer, Alice.Owner);
        call.Send(SipMethod.Message, CallSide.Offer, Alice.Owner);
        _world.Run(100);

        Alice
            .Heard.Skip(1)
            .ShouldBe([
                "completed Invite 488",
                "completed Update 200",
                "completed Info 200",
                "completed Info 415",
                "completed Message 405",
            ]);
        call.State.ShouldBe(CallState.Confirmed);
        call.End();
        _world.RunOut();
    }

    [Fact]
    public void A_far_side_that_forgot_the_dialog_ends_the_call()
    {
        Bob.Owner.OnNew = call => call.Answer(CallSide.Offer);
        OutgoingCall call = Alice.Invite(Bob.Node);
        _world.Run(100);
        Bob.Calls.Dialogs.Remove(Bob.Owner.Incoming[0].Dialog!);

        call.Send(SipMethod.Info, Body.None, Alice.Owner);
        _world.Run(100);

        Alice.Heard.ShouldBe(["answered 200", "completed Info 481", "ended Lost"]);
        _world.Steps.ShouldBe(["INVITE", "200", "ACK", "INFO", "481", "BYE", "481"]);
    }
}
