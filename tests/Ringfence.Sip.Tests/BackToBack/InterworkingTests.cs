using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Tests.Calls;
using Ringfence.Sip.Tests.Transactions;

namespace Ringfence.Sip.Tests.BackToBack;

/// <summary>What one leg can and the other cannot: 100rel, offers, session timers; and what headers cross.</summary>
public sealed class InterworkingTests
{
    [Theory]
    [InlineData(Reliability.Off, Reliability.Off, false, false)]
    [InlineData(Reliability.Off, Reliability.Supported, false, true)]
    [InlineData(Reliability.Off, Reliability.Required, false, true)]
    [InlineData(Reliability.Supported, Reliability.Off, true, false)]
    [InlineData(Reliability.Required, Reliability.Off, true, false)]
    [InlineData(Reliability.Required, Reliability.Required, true, true)]
    public void Each_leg_is_as_reliable_as_it_can_be(Reliability alice, Reliability bob, bool isNear, bool isFar)
    {
        var world = new BackToBackWorld(
            alice: new CallOptions { Reliability = alice },
            bob: new CallOptions { Reliability = bob }
        );
        world.Bob.Owner.OnNew = call =>
        {
            call.Progress(183, default, BackToBackWorld.Answer);
            call.Answer(bob == Reliability.Off ? BackToBackWorld.Answer : Body.None);
        };
        OutgoingCall call = world.Call();
        world.Run(200);

        world.Alice.Heard.ShouldBe(["progress 183", "answered 200"]);
        world.Steps.Contains("A> PRACK").ShouldBe(isNear);
        world.Steps.Contains(">B PRACK").ShouldBe(isFar);
        world.Sent(">A 183").ShouldContain("m=audio 5000");
        // Whoever knows the answer only from an unreliable 183 needs it again (RFC 3261 §13.2.1).
        SipText
            .Header(world.Sent(">A 200", world.Steps.Count(step => step == ">A 200") - 1), "CSeq")
            .ShouldBe("1 INVITE");
        world.Sent(">A 200", world.Steps.Count(step => step == ">A 200") - 1).ShouldContain("m=audio 5000");
        call.End();
        world.RunOut();
    }

    [Fact]
    public void A_delayed_offer_goes_round_by_the_200_and_the_ACK()
    {
        var world = new BackToBackWorld();
        world.Bob.Owner.OnNew = call => call.Answer(BackToBackWorld.Answer);
        world.Alice.Owner.OnUp = call => call.Acknowledge(CallSide.Offer);
        OutgoingCall call = world.Call(invitation => invitation with { Body = Body.None });
        world.Run(100);

        world.Sent(">B INVITE").ShouldNotContain("m=audio");
        world.Sent(">A 200").ShouldContain("m=audio 5000");
        world.Sent(">B ACK").ShouldContain("m=audio 4000");
        call.End();
        world.RunOut();
    }

    [Fact]
    public void A_reliable_offer_of_the_callee_is_answered_by_the_callers_PRACK()
    {
        var world = new BackToBackWorld();
        world.Bob.Owner.OnNew = call => call.Progress(183, default, BackToBackWorld.Answer);
        world.Alice.Owner.OnRinging = (call, dialog, _) => call.AcknowledgeProgress(dialog, CallSide.Offer);
        OutgoingCall call = world.Call(invitation => invitation with { Body = Body.None });
        world.Run(200);
        world.Sent(">B PRACK").ShouldContain("m=audio 4000");
        world.Bob.Owner.Incoming[0].Answer(Body.None);
        world.Run(200);
        call.State.ShouldBeOneOf(CallState.Answered, CallState.Confirmed);
        call.Acknowledge(Body.None);
        world.Run(100);
        call.End();
        world.RunOut();
    }

    [Fact]
    public void An_early_UPDATE_reaches_the_callee_where_both_legs_can()
    {
        var world = new BackToBackWorld();
        world.Bob.Owner.OnNew = call => call.Progress(183, default, BackToBackWorld.Answer);
        world.Bob.Owner.OnAsked = request =>
            request.Answer(200, default, request.IsOffer ? BackToBackWorld.Answer : Body.None);
        OutgoingCall call = world.Call();
        world.Run(200);
        call.Send(call.EarlyDialogs[0], SipMethod.Update, BackToBackWorld.Session(4002), world.Alice.Owner)
            .ShouldBeTrue();
        world.Run(200);
        world.Bob.Heard.ShouldContain("request Update");
        world.Alice.Heard[^1].ShouldBe("completed Update 200");
    }

    [Fact]
    public void An_early_UPDATE_that_the_callee_cannot_be_asked_about_is_504()
    {
        var world = new BackToBackWorld(bob: new CallOptions { Reliability = Reliability.Off });
        world.Bob.Owner.OnNew = call => call.Progress(183, default, BackToBackWorld.Answer);
        OutgoingCall call = world.Call();
        world.Run(200);
        call.Send(call.EarlyDialogs[0], SipMethod.Update, BackToBackWorld.Session(4002), world.Alice.Owner)
            .ShouldBeTrue();
        world.Run(200);
        world.Alice.Heard[^1].ShouldBe("completed Update 504");
    }

    [Fact]
    public void An_unknown_1xx_crosses_as_183_and_a_199_does_not_cross()
    {
        var world = new BackToBackWorld();
        world.Bob.Owner.OnNew = call =>
        {
            call.Progress(187, "Strange"u8, BackToBackWorld.Answer);
            call.Progress(199, default, Body.None);
        };
        world.Call(invitation => invitation with { Reliability = Reliability.Off });
        world.Alice.Heard.ShouldBe(["progress 183"]);
        world.Sent(">A 183").ShouldContain("m=audio 5000");
    }

    [Fact]
    public void Each_leg_has_its_own_session_timer()
    {
        var timer = new CallOptions { SessionExpires = 600 };
        var world = new BackToBackWorld(alice: timer, bob: timer);
        world.Up();
        world.Run(310_000);
        world.Steps.Count(step => step == "A> UPDATE").ShouldBe(1);
        world.Steps.Count(step => step == "B> UPDATE").ShouldBe(1);
        world.Steps.ShouldNotContain(">A UPDATE");
        world.Steps.ShouldNotContain(">B UPDATE");
        world.Network.Conditions = new Ringfence.Sip.Transport.LinkConditions { Loss = 1 };
        world.Run(2_000_000);
        world.Ends.Count.ShouldBe(1);
        world.RunOut();
    }

    [Theory]
    [InlineData(true, "P-Asserted-Identity", "<sip:alice@example.com>")]
    [InlineData(false, "P-Asserted-Identity", "")]
    [InlineData(false, "Privacy", "id")]
    [InlineData(false, "Identity", "eyJ.x.y")]
    [InlineData(false, "X-Own", "")]
    [InlineData(true, "X-Own", "")]
    [InlineData(true, "Session-Expires", "")]
    [InlineData(true, "Authorization", "")]
    public void What_crosses_is_a_matter_of_trust(bool isTrusted, string name, string expected)
    {
        var options = BackToBackOptions.Default with
        {
            TowardsCallee = isTrusted ? HeaderPolicy.Trusted : HeaderPolicy.Border,
        };
        var world = new BackToBackWorld(options: options);
        world.Call(invitation =>
            invitation with
            {
                Headers =
                [
                    new(HeaderId.PAssertedIdentity, "<sip:alice@example.com>"),
                    new(HeaderId.Privacy, "id"),
                    new(HeaderId.Identity, "eyJ.x.y"),
                    new("X-Own", "1"),
                    new(HeaderId.SessionExpires, "1800"),
                    new(HeaderId.Authorization, "Digest username=\"a\""),
                ],
            }
        );
        SipText.Header(world.Sent(">B INVITE"), name).ShouldBe(expected);
    }

    [Fact]
    public void No_policy_lets_a_leg_s_own_lines_cross()
    {
        var all = new HeaderPolicy { Crossing = Enum.GetValues<HeaderId>(), PassUnnamed = true };
        all.Passes(HeaderId.Via).ShouldBeFalse();
        all.Passes(HeaderId.Contact).ShouldBeFalse();
        all.Passes(HeaderId.ProxyAuthorization).ShouldBeFalse();
        var world = new BackToBackWorld(options: BackToBackOptions.Default with { TowardsCallee = all });
        world.Call(invitation => invitation with { Headers = [new("X-Own", "1")] });
        string invite = world.Sent(">B INVITE");
        SipText.Lines(invite).Count(line => line.StartsWith("Via:", StringComparison.Ordinal)).ShouldBe(1);
        SipText.Lines(invite).Count(line => line.StartsWith("Contact:", StringComparison.Ordinal)).ShouldBe(1);
        SipText.Header(invite, "X-Own").ShouldBe("1");
    }

    [Fact]
    public void Session_ID_is_the_same_on_both_legs_in_every_message()
    {
        const string alice = "0123456789abcdef0123456789abcdef";
        var world = new BackToBackWorld();
        world.Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        OutgoingCall call = world.Call(invitation =>
            invitation with
            {
                Standing = [new HeaderField(HeaderId.SessionId, $"{alice};remote={new string('0', 32)}")],
            }
        );
        SipText.Header(world.Sent(">B INVITE"), "Session-ID").ShouldBe($"{alice};remote={new string('0', 32)}");
        // Bob does not know the header: the middle gives him a UUID, from his first word on.
        string near = SipText.Header(world.Sent(">A 180"), "Session-ID");
        string bob = near[..32];
        near.ShouldBe($"{bob};remote={alice}");
        bob.ShouldNotBe(new string('0', 32));
        bob[12].ShouldBe('4');
        world.Bob.Owner.Incoming[0].Answer(BackToBackWorld.Answer);
        world.Run(100);
        call.End();
        world.RunOut();
        foreach (string step in new[] { ">B ACK", ">B BYE" })
        {
            SipText.Header(world.Sent(step), "Session-ID").ShouldBe($"{alice};remote={bob}");
        }

        SipText.Header(world.Sent(">A 200"), "Session-ID").ShouldBe($"{bob};remote={alice}");
    }

    [Fact]
    public void A_CANCEL_and_the_ACK_for_a_refusal_have_the_Session_ID_too()
    {
        var world = new BackToBackWorld();
        world.Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        OutgoingCall call = world.Call();
        call.End();
        world.RunOut();
        string id = SipText.Header(world.Sent(">B INVITE"), "Session-ID");
        id.Length.ShouldBe(72);
        SipText.Header(world.Sent(">B CANCEL"), "Session-ID").ShouldBe(id);
        SipText.Header(world.Sent(">B ACK"), "Session-ID").ShouldBe(id);
    }
}
