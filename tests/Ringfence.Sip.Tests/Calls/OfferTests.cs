using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Tests.Transactions;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>Offers that meet (RFC 3261 §14, RFC 3311 §5), in early and confirmed dialogs.</summary>
public class OfferTests
{
    private readonly TypedWorld _world = new();
    private IncomingRequest? _asked;

    [Fact]
    public void An_UPDATE_with_an_offer_before_the_INVITEs_was_answered_is_500_with_Retry_After()
    {
        Receive(call => call.Progress(183, default, Body.None));
        Update(2);
        _world.Statuses[^1].ShouldBe(500);
        int.Parse(SipText.Header(_world.Wire.Last, "Retry-After"), System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeInRange(0, 10);
        Update(2);
        _world.Statuses[^1].ShouldBe(500);
        _world.Heard.ShouldBe(["invite"]);
    }

    [Fact]
    public void Once_the_answer_has_its_PRACK_either_side_may_UPDATE_the_early_dialog()
    {
        Receive(call => call.Progress(183, default, CallSide.Offer));
        _world.Call.Send(SipMethod.Update, CallSide.Offer, _world.Owner).ShouldBeFalse();
        Prack();
        Update(3);
        _world.Heard.ShouldBe(["invite", "request Update"]);
        _asked!.Answer(200, default, CallSide.Offer).ShouldBeTrue();
        _asked.Answer(200, default, CallSide.Offer).ShouldBeFalse();
        _world.Call.Send(SipMethod.Update, CallSide.Offer, _world.Owner).ShouldBeTrue();
    }

    [Fact]
    public void An_UPDATE_while_another_is_open_is_500_even_without_an_offer()
    {
        Receive(call => call.Progress(183, default, CallSide.Offer));
        Prack();
        Update(3);
        Update(4, "");
        _world.Statuses[^1].ShouldBe(500);
        _asked!.Answer(200, default, CallSide.Offer);
        Update(5, "");
        _asked!.Answer(200, default, Body.None).ShouldBeTrue();
    }

    [Fact]
    public void Offers_that_cross_are_491_on_both_methods()
    {
        Confirm();
        _world.Call.Send(SipMethod.Update, CallSide.Offer, _world.Owner).ShouldBeTrue();
        string update = _world.Wire.Last;
        Update(2);
        _world.Statuses[^1].ShouldBe(491);
        Ask("INVITE", 3, SipText.Body);
        _world.Statuses[^1].ShouldBe(491);
        _world.Call.Send(SipMethod.Invite, CallSide.Offer, _world.Owner).ShouldBeFalse();

        _world.Receive(SipText.Response(update, 491));
        _world.Heard[^1].ShouldBe("completed Update 491");
        Update(4);
        _world.Heard[^1].ShouldBe("request Update");
    }

    [Fact]
    public void A_refused_UPDATE_leaves_the_way_free()
    {
        Confirm();
        Update(2);
        _asked!.Answer(488, default, Body.None);
        _world.Call.Send(SipMethod.Update, CallSide.Offer, _world.Owner).ShouldBeTrue();
    }

    [Fact]
    public void The_callees_early_UPDATE_is_491_until_our_offer_was_answered()
    {
        OutgoingCall call = _world.Invite();
        _world.Receive(SipText.Response(_world.SentInvite, 180, "a"));
        Callee("UPDATE", 1);
        _world.Statuses[^1].ShouldBe(491);
        _world.Receive(
            SipText.Response(
                _world.SentInvite,
                183,
                "a",
                "Contact: <sip:alice@192.0.2.1:5060>\r\nRequire: 100rel\r\nRSeq: 7\r\n",
                SipText.Body
            )
        );
        _world.Owner.OnAsked = request => request.Answer(200, default, CallSide.Offer);
        Callee("UPDATE", 2);
        _world.Statuses[^1].ShouldBe(200);
        call.Send(call.EarlyDialogs[0], SipMethod.Update, CallSide.Offer, _world.Owner).ShouldBeTrue();
    }

    private void Callee(string method, int cseq) =>
        _world.Receive(
            SipText.Request(
                method,
                $"z9hG4bKc{cseq}",
                SipText.Header(_world.SentInvite, "Call-ID"),
                "a",
                SipText.Parameter(SipText.Header(_world.SentInvite, "From"), "tag"),
                cseq,
                body: SipText.Body
            )
        );

    private void Receive(Action<IncomingCall> decide)
    {
        _world.Owner.OnNew = decide;
        _world.Owner.OnAsked = request => _asked = request;
        _world.Receive(SipText.Request("INVITE", extra: "Supported: 100rel\r\n", body: SipText.Body));
    }

    private void Confirm()
    {
        Receive(call => call.Answer(CallSide.Offer));
        Ask("ACK", 1, "");
        _world.Call.State.ShouldBe(CallState.Confirmed);
    }

    private void Prack() => Ask("PRACK", 2, "", $"RAck: {SipText.Header(_world.Wire.Last, "RSeq")} 1 INVITE\r\n");

    private void Update(int cseq, string body = SipText.Body) => Ask("UPDATE", cseq, body);

    private void Ask(string method, int cseq, string body, string extra = "")
    {
        string tag = TypedWorld.Text(_world.Call.Dialog!.LocalTag);
        _world.Receive(
            SipText.Request(method, $"z9hG4bK{method}{cseq}", toTag: tag, cseq: cseq, extra: extra, body: body)
        );
    }
}
