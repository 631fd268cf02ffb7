using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Tests.Transactions;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>Far ends that are wrong on purpose or by mistake.</summary>
public class HostilePeerTests
{
    private readonly TypedWorld _world = new();

    [Fact]
    public void Five_hundred_forks_make_thirty_two_early_dialogs()
    {
        OutgoingCall call = _world.Invite();
        for (int i = 0; i < 500; i++)
        {
            _world.Receive(SipText.Response(_world.SentInvite, 183, $"fork-{i}", body: SipText.Body));
        }

        call.EarlyDialogs.Count.ShouldBe(32);
        _world.Calls.Dialogs.Count.ShouldBe(32);
        _world.Heard.Count.ShouldBe(32);
        call.EarlyDialogs.ShouldAllBe(dialog => TypedWorld.Text(dialog.RemoteDescription) == SipText.Body);

        _world.Receive(SipText.Response(_world.SentInvite, 486, "fork-1"));
        _world.ShouldBeEmptyAfter(32_000);
    }

    [Fact]
    public void Each_fork_has_its_own_early_dialog_and_further_answers_are_acknowledged_and_ended()
    {
        OutgoingCall call = _world.Invite();
        string invite = _world.SentInvite;
        _world.Receive(SipText.Response(invite, 180, "a"));
        _world.Receive(SipText.Response(invite, 183, "b", body: SipText.Body));
        _world.Receive(SipText.Response(invite, 180, "a"));
        call.EarlyDialogs.Count.ShouldBe(2);
        _world.Receive(SipText.Response(invite, 200, "b", body: SipText.Body));
        _world.Receive(SipText.Response(invite, 200, "c", body: SipText.Body));
        _world.Receive(SipText.Response(invite, 200, "c", body: SipText.Body));

        _world.Heard.ShouldBe(["progress 180", "progress 183", "progress 180", "answered 200"]);
        _world.CountSent("ACK").ShouldBe(3);
        _world.CountSent("BYE").ShouldBe(1);
        string bye = _world.Wire.Sent.Last(sent => SipText.Method(sent.Text) == "BYE").Text;
        SipText.Parameter(SipText.Header(bye, "To"), "tag").ShouldBe("c");
        TypedWorld.Text(call.Dialog!.RemoteTag).ShouldBe("b");
        call.State.ShouldBe(CallState.Confirmed);
    }

    [Fact]
    public void Five_hundred_answers_end_no_more_than_thirty_two_of_them()
    {
        OutgoingCall call = _world.Invite();
        for (int i = 0; i < 500; i++)
        {
            _world.Receive(SipText.Response(_world.SentInvite, 200, $"fork-{i}", body: SipText.Body));
        }

        _world.CountSent("BYE").ShouldBe(32);
        call.State.ShouldBe(CallState.Confirmed);
    }

    [Fact]
    public void A_repeated_2xx_is_acknowledged_with_the_same_ACK_each_time()
    {
        _world.Invite();
        string ok = SipText.Response(_world.SentInvite, 200, body: SipText.Body);
        _world.Receive(ok);
        _world.Receive(ok);
        _world.Receive(ok);

        string[] acks = [.. _world.Wire.Sent.Select(sent => sent.Text).Where(text => SipText.Method(text) == "ACK")];
        acks.Length.ShouldBe(3);
        acks.Distinct().Count().ShouldBe(1);
        _world.Heard.ShouldBe(["answered 200"]);
    }

    [Fact]
    public void A_2xx_without_Contact_is_acknowledged_to_where_the_INVITE_went()
    {
        OutgoingCall call = _world.Invite();
        _world.Receive(SipText.Response(_world.SentInvite, 200, extra: "", body: SipText.Body));

        _world.Wire.Last.ShouldStartWith("ACK sip:alice@192.0.2.1 SIP/2.0");
        _world.Wire.Sent[^1].To.ShouldBe(TypedWorld.Far);
        call.End().ShouldBeTrue();
        _world.Wire.Last.ShouldStartWith("BYE sip:alice@192.0.2.1 SIP/2.0");
    }

    [Fact]
    public void Responses_without_a_To_tag_make_one_dialog()
    {
        OutgoingCall call = _world.Invite();
        _world.Receive(SipText.Response(_world.SentInvite, 180, ""));
        _world.Receive(SipText.Response(_world.SentInvite, 200, "", body: SipText.Body));

        call.State.ShouldBe(CallState.Confirmed);
        SipText.Header(_world.Wire.Last, "To").ShouldBe("<sip:alice@192.0.2.1>");
    }

    [Fact]
    public void A_BYE_before_the_ACK_ends_the_call_and_its_2xx()
    {
        _world.Owner.OnNew = call => call.Answer(CallSide.Offer);
        _world.Receive(SipText.Request("INVITE", body: SipText.Body));
        string tag = _world.LocalTag;
        _world.Receive(SipText.Request("BYE", "z9hG4bKbye", toTag: tag, cseq: 2));

        _world.Statuses.ShouldBe([200, 200]);
        _world.Heard.ShouldBe(["invite", "ended ByeReceived"]);
        _world.Receive(SipText.Request("ACK", "z9hG4bKack", toTag: tag));
        _world.ShouldBeEmptyAfter(32_000);
        _world.Statuses.ShouldBe([200, 200]);
    }

    [Fact]
    public void A_BYE_on_an_early_dialog_ends_the_call_with_487()
    {
        _world.Owner.OnNew = call => call.Progress(183, default, CallSide.Offer);
        _world.Receive(SipText.Request("INVITE", body: SipText.Body));
        _world.Receive(SipText.Request("BYE", "z9hG4bKbye", toTag: _world.LocalTag, cseq: 2));

        _world.Statuses.ShouldBe([183, 200, 487]);
        _world.Heard.ShouldBe(["invite", "ended ByeReceived"]);
        _world.Call.Answer(CallSide.Offer).ShouldBeFalse();
        _world.ShouldBeEmptyAfter(32_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void A_request_out_of_order_is_500(int cseq)
    {
        Answer(10);
        _world.Receive(SipText.Request("INFO", "z9hG4bKa", toTag: _world.LocalTag, cseq: 10 - cseq));
        _world.Statuses[^1].ShouldBe(500);
        _world.Heard.ShouldNotContain("request Info");
    }

    [Fact]
    public void Gaps_in_the_order_are_no_mistake()
    {
        Answer(1);
        string tag = _world.LocalTag;
        _world.Receive(SipText.Request("INFO", "z9hG4bKa", toTag: tag, cseq: 7));
        _world.Receive(SipText.Request("INFO", "z9hG4bKb", toTag: tag, cseq: 9));
        _world.Receive(SipText.Request("INFO", "z9hG4bKc", toTag: tag, cseq: 8));
        _world.Statuses[^3..].ShouldBe([200, 200, 500]);
    }

    [Fact]
    public void An_ACK_with_another_number_acknowledges_nothing()
    {
        _world.Owner.OnNew = call => call.Answer(CallSide.Offer);
        _world.Receive(SipText.Request("INVITE", body: SipText.Body));
        _world.Receive(SipText.Request("ACK", "z9hG4bKack", toTag: _world.LocalTag, cseq: 2));
        _world.Call.State.ShouldBe(CallState.Answered);
        _world.Receive(SipText.Request("ACK", "z9hG4bKack", toTag: _world.LocalTag));
        _world.Call.State.ShouldBe(CallState.Confirmed);
    }

    [Fact]
    public void A_second_INVITE_while_the_first_is_open_is_500_with_Retry_After()
    {
        _world.Owner.OnNew = call => call.Progress(183, default, CallSide.Offer);
        _world.Receive(SipText.Request("INVITE", body: SipText.Body));
        _world.Receive(SipText.Request("INVITE", "z9hG4bKre", toTag: _world.LocalTag, cseq: 2));

        _world.Statuses.ShouldBe([183, 500]);
        int.Parse(SipText.Header(_world.Wire.Last, "Retry-After"), System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeInRange(0, 10);
    }

    [Fact]
    public void A_reinvite_that_crosses_ours_is_491()
    {
        Answer(1);
        string tag = _world.LocalTag;
        _world.Call.Send(SipMethod.Invite, CallSide.Offer, _world.Owner).ShouldBeTrue();
        _world.Receive(SipText.Request("INVITE", "z9hG4bKre", toTag: tag, cseq: 2));
        _world.Statuses[^1].ShouldBe(491);
    }

    [Fact]
    public void A_stranger_with_the_wrong_tag_is_481()
    {
        Answer(1);
        string tag = _world.LocalTag;
        _world.Receive(SipText.Request("BYE", "z9hG4bKx", fromTag: "eve", toTag: tag, cseq: 2));
        _world.Receive(SipText.Request("BYE", "z9hG4bKy", callId: "other", toTag: tag, cseq: 2));
        _world.Statuses[^2..].ShouldBe([481, 481]);
        _world.Call.State.ShouldBe(CallState.Confirmed);
    }

    [Fact]
    public void Ten_thousand_calls_that_are_never_acknowledged_leave_nothing()
    {
        _world.Owner.OnNew = call => call.Answer(CallSide.Offer);
        for (int i = 0; i < 10_000; i++)
        {
            _world.Receive(SipText.Request("INVITE", $"z9hG4bK{i}", $"call-{i}", body: SipText.Body));
        }

        _world.Calls.Count.ShouldBe(10_000);
        _world.Run(32_000);
        _world.Calls.Count.ShouldBe(0);
        _world.Owner.Ended.ShouldBe(10_000);
        _world.CountSent("BYE").ShouldBe(10_000);
        _world.ShouldBeEmptyAfter(32_000);
    }

    [Fact]
    public void Ten_thousand_refused_calls_that_are_never_acknowledged_leave_nothing_after_64_T1()
    {
        _world.Owner.OnNew = call => call.Refuse(607, default);
        for (int i = 0; i < 10_000; i++)
        {
            _world.Receive(SipText.Request("INVITE", $"z9hG4bK{i}", $"call-{i}"));
        }

        _world.Calls.Count.ShouldBe(0);
        _world.Transactions.Count.ShouldBe(10_000);
        _world.ShouldBeEmptyAfter(32_000);
    }

    private void Answer(int cseq)
    {
        _world.Owner.OnNew = call => call.Answer(CallSide.Offer);
        _world.Receive(SipText.Request("INVITE", cseq: cseq, body: SipText.Body));
        _world.Receive(SipText.Request("ACK", "z9hG4bKack", toTag: _world.LocalTag, cseq: cseq));
        _world.Call.State.ShouldBe(CallState.Confirmed);
    }
}
