using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Tests.Calls;
using Ringfence.Sip.Tests.Transactions;

namespace Ringfence.Sip.Tests.BackToBack;

/// <summary>Requests within a back-to-back call: passed on, answered on one leg, refused by policy.</summary>
public sealed class MidCallTests
{
    private const string NoUpdate = "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, INFO, MESSAGE, REFER, NOTIFY";

    private static readonly BackToBackOptions Referring = BackToBackOptions.Default with
    {
        Passed = [.. BackToBackOptions.Default.Passed, SipMethod.Refer, SipMethod.Notify],
    };

    [Fact]
    public void Hold_and_resume_reach_the_other_side_and_its_answers_come_back()
    {
        var world = new BackToBackWorld();
        OutgoingCall call = world.Up();
        world.Bob.Owner.OnAsked = request => request.Answer(200, default, BackToBackWorld.Session(5000, "recvonly"));
        call.Send(SipMethod.Invite, BackToBackWorld.Session(4000, "sendonly"), world.Alice.Owner).ShouldBeTrue();
        world.Run(200);
        world.Sent(">B INVITE").ShouldContain("a=sendonly");
        world.Sent(">A 200").ShouldContain("a=recvonly");
        world.Steps.ShouldBe(["A> INVITE", ">B INVITE", "B> 200", ">B ACK", ">A 200", "A> ACK"], ignoreOrder: true);

        world.Bob.Owner.OnAsked = request => request.Answer(200, default, BackToBackWorld.Session(5000));
        call.Send(SipMethod.Invite, BackToBackWorld.Session(4000), world.Alice.Owner).ShouldBeTrue();
        world.Run(200);
        world.Sent(">A 200", 1).ShouldContain("a=sendrecv");
        world.Alice.Heard.ShouldBe(["completed Invite 200", "completed Invite 200"]);
        call.End();
        world.RunOut();
    }

    [Fact]
    public void The_callee_may_hold_too()
    {
        var world = new BackToBackWorld();
        OutgoingCall call = world.Up();
        world.Alice.Owner.OnAsked = request => request.Answer(200, default, BackToBackWorld.Session(4000, "recvonly"));
        world.Bob.Owner.Incoming[0].Send(SipMethod.Update, BackToBackWorld.Session(5000, "sendonly"), world.Bob.Owner);
        world.Run(200);
        world.Alice.Heard.ShouldBe(["request Update"]);
        world.Bob.Heard.ShouldBe(["completed Update 200"]);
        call.End();
        world.RunOut();
    }

    [Theory]
    [InlineData(488)]
    [InlineData(491)]
    [InlineData(500)]
    [InlineData(603)]
    public void A_refused_offer_leaves_the_call_as_it_was(int status)
    {
        var world = new BackToBackWorld();
        OutgoingCall call = world.Up();
        world.Bob.Owner.OnAsked = request =>
            request.Answer(status, default, Body.None, new HeaderField(HeaderId.Warning, "304 x \"no\""));
        call.Send(SipMethod.Invite, BackToBackWorld.Session(4002), world.Alice.Owner);
        world.Run(200);
        world.Alice.Heard.ShouldBe([$"completed Invite {status}"]);
        SipText.Header(world.Sent($">A {status}"), "Warning").ShouldBe("304 x \"no\"");
        call.State.ShouldBe(CallState.Confirmed);
        world.Bob.Owner.OnAsked = request => request.Answer(200, default, BackToBackWorld.Answer);
        call.Send(SipMethod.Invite, BackToBackWorld.Session(4004), world.Alice.Owner).ShouldBeTrue();
        world.Run(200);
        world.Alice.Heard[^1].ShouldBe("completed Invite 200");
    }

    [Fact]
    public void Offers_that_cross_in_the_middle_are_491_on_both_sides_and_the_call_goes_on()
    {
        var world = new BackToBackWorld();
        OutgoingCall call = world.Up();
        world.Bob.Owner.OnAsked = request => request.Answer(200, default, BackToBackWorld.Answer);
        call.Send(SipMethod.Invite, BackToBackWorld.Session(4002), world.Alice.Owner);
        world.Bob.Owner.Incoming[0].Send(SipMethod.Invite, BackToBackWorld.Session(5002), world.Bob.Owner);
        world.Run(3_000);
        world.Alice.Heard.ShouldContain("completed Invite 491");
        world.Bob.Heard.ShouldContain("completed Invite 491");
        call.State.ShouldBe(CallState.Confirmed);
        call.End();
        world.RunOut();
    }

    [Fact]
    public void An_UPDATE_becomes_a_re_INVITE_where_the_other_leg_takes_none()
    {
        var world = new BackToBackWorld(bob: new CallOptions { Allow = NoUpdate });
        OutgoingCall call = world.Up();
        world.Bob.Owner.OnAsked = request => request.Answer(200, default, BackToBackWorld.Answer);
        call.Send(SipMethod.Update, BackToBackWorld.Session(4002), world.Alice.Owner);
        world.Run(200);
        world.Bob.Heard.ShouldBe(["request Invite"]);
        world.Alice.Heard.ShouldBe(["completed Update 200"]);
    }

    [Fact]
    public void An_UPDATE_that_the_other_leg_must_think_about_is_504_and_the_other_leg_is_set_back()
    {
        var world = new BackToBackWorld(bob: new CallOptions { Allow = NoUpdate });
        OutgoingCall call = world.Up();
        IncomingRequest? asked = null;
        world.Bob.Owner.OnAsked = request => asked = request;
        call.Send(SipMethod.Update, BackToBackWorld.Session(4002), world.Alice.Owner);
        world.Run(9_000);
        world.Alice.Heard.ShouldBe(["completed Update 504"]);
        asked!.Answer(200, default, BackToBackWorld.Answer);
        world.Bob.Owner.OnAsked = request => request.Answer(200, default, BackToBackWorld.Answer);
        world.Run(500);
        world.Sent(">B INVITE", 1).ShouldContain("m=audio 4000");
        call.State.ShouldBe(CallState.Confirmed);
    }

    [Theory]
    [InlineData(SipMethod.Update)]
    [InlineData(SipMethod.Invite)]
    public void An_offer_that_changes_nothing_is_answered_on_its_own_leg(SipMethod method)
    {
        var world = new BackToBackWorld();
        OutgoingCall call = world.Up();
        call.Send(method, CallSide.Offer, world.Alice.Owner);
        world.Run(200);
        world.Alice.Heard.ShouldBe([$"completed {method} 200"]);
        world.Bob.Heard.ShouldBeEmpty();
    }

    [Fact]
    public void An_UPDATE_without_an_offer_is_answered_on_its_own_leg()
    {
        var world = new BackToBackWorld();
        OutgoingCall call = world.Up();
        call.Send(SipMethod.Update, Body.None, world.Alice.Owner);
        world.Run(200);
        world.Alice.Heard.ShouldBe(["completed Update 200"]);
        world.Bob.Heard.ShouldBeEmpty();
    }

    [Fact]
    public void A_re_INVITE_that_asks_for_an_offer_gets_what_the_other_side_last_said()
    {
        var world = new BackToBackWorld();
        OutgoingCall call = world.Up();
        world.Bob.Owner.OnAsked = request => request.Answer(200, default, BackToBackWorld.Answer);
        var answering = new Answering(BackToBackWorld.Session(4006));
        call.Send(SipMethod.Invite, Body.None, answering).ShouldBeTrue();
        world.Run(300);
        answering.Offered.ShouldContain("m=audio 5000");
        world.Sent(">B INVITE").ShouldContain("m=audio 4006");
        world.Bob.Heard.ShouldBe(["request Invite"]);
        call.End();
        world.RunOut();
    }

    [Fact]
    public void INFO_goes_through_word_for_word()
    {
        var world = new BackToBackWorld();
        OutgoingCall call = world.Up();
        world.Bob.Owner.OnAsked = request => request.Answer(200, "Noted"u8, Body.None);
        call.Send(
            SipMethod.Info,
            new Body("application/dtmf-relay"u8.ToArray(), "Signal=5\r\nDuration=160\r\n"u8.ToArray()),
            world.Alice.Owner,
            new HeaderField(HeaderId.InfoPackage, "dtmf")
        );
        world.Run(200);
        world.Sent(">B INFO").ShouldContain("Signal=5\r\nDuration=160");
        SipText.Header(world.Sent(">B INFO"), "Info-Package").ShouldBe("dtmf");
        world.Sent(">A 200").ShouldStartWith("SIP/2.0 200 Noted");
    }

    [Fact]
    public void A_REFER_and_its_NOTIFY_pass_where_the_policy_lets_them()
    {
        var world = new BackToBackWorld(options: Referring);
        OutgoingCall call = world.Up();
        world.Bob.Owner.OnAsked = request => request.Answer(202, default, Body.None);
        call.Send(
            SipMethod.Refer,
            Body.None,
            world.Alice.Owner,
            new HeaderField(HeaderId.ReferTo, "<sip:carol@192.0.2.3>"),
            new HeaderField(HeaderId.ReferredBy, "<sip:alice@192.0.2.1>")
        );
        world.Run(200);
        world.Alice.Heard.ShouldBe(["completed Refer 202"]);
        SipText.Header(world.Sent(">B REFER"), "Refer-To").ShouldBe("<sip:carol@192.0.2.3>");
        SipText.Header(world.Sent(">B REFER"), "Referred-By").ShouldBe("<sip:alice@192.0.2.1>");
        world.Alice.Owner.OnAsked = request => request.Answer(200, default, Body.None);
        world
            .Bob.Owner.Incoming[0]
            .Send(
                SipMethod.Notify,
                new Body("message/sipfrag"u8.ToArray(), "SIP/2.0 200 OK\r\n"u8.ToArray()),
                world.Bob.Owner,
                new HeaderField(HeaderId.Event, "refer"),
                new HeaderField(HeaderId.SubscriptionState, "terminated;reason=noresource")
            )
            .ShouldBeTrue();
        world.Run(200);
        SipText.Header(world.Sent(">A NOTIFY"), "Subscription-State").ShouldBe("terminated;reason=noresource");
        world.Bob.Heard[^1].ShouldBe("completed Notify 200");
    }

    [Fact]
    public void A_REFER_is_403_where_it_does_not_and_the_call_goes_on()
    {
        var world = new BackToBackWorld();
        OutgoingCall call = world.Up();
        call.Send(
            SipMethod.Refer,
            Body.None,
            world.Alice.Owner,
            new HeaderField(HeaderId.ReferTo, "<sip:carol@192.0.2.3>")
        );
        world.Run(200);
        world.Alice.Heard.ShouldBe(["completed Refer 403"]);
        SipText.Header(world.Sent(">A 403"), "Warning").ShouldBe("399 ringfence \"REFER is not passed on here\"");
        world.Bob.Heard.ShouldBeEmpty();
        call.State.ShouldBe(CallState.Confirmed);
    }

    /// <summary>RFC 3891: the dialog that it names is the sender's; the other side never heard of it.</summary>
    [Theory]
    [InlineData("<sip:carol@192.0.2.3?Replaces=1%40a%3Bto-tag%3D2%3Bfrom-tag%3D3>")]
    [InlineData("<sip:carol@192.0.2.3?Subject=x&replaces=1%40a%3Bto-tag%3D2%3Bfrom-tag%3D3>")]
    public void An_attended_transfer_is_403_even_where_transfers_pass_and_the_call_goes_on(string referTo)
    {
        var world = new BackToBackWorld(options: Referring);
        OutgoingCall call = world.Up();
        call.Send(SipMethod.Refer, Body.None, world.Alice.Owner, new HeaderField(HeaderId.ReferTo, referTo));
        world.Run(200);
        world.Alice.Heard.ShouldBe(["completed Refer 403"]);
        SipText.Header(world.Sent(">A 403"), "Warning").ShouldContain("Replaces names a dialog");
        world.Bob.Heard.ShouldBeEmpty();
        call.State.ShouldBe(CallState.Confirmed);
    }

    [Fact]
    public void A_re_INVITE_is_488_where_the_policy_keeps_sessions_as_they_are()
    {
        var world = new BackToBackWorld(options: BackToBackOptions.Default with { Passed = [SipMethod.Info] });
        OutgoingCall call = world.Up();
        call.Send(SipMethod.Invite, BackToBackWorld.Session(4002), world.Alice.Owner);
        world.Run(200);
        world.Alice.Heard.ShouldBe(["completed Invite 488"]);
        world.Bob.Heard.ShouldBeEmpty();
    }

    private sealed class Answering(Body answer) : IRequestListener
    {
        internal string Offered { get; private set; } = "";

        public void OnCompleted(Call call, SipMethod method, int statusCode, SipResponse? response) { }

        public Body OnOffered(Call call, SipResponse response)
        {
            Offered = System.Text.Encoding.ASCII.GetString(response.Body);
            return answer;
        }
    }
}
