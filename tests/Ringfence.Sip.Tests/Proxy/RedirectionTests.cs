using System.Net;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Tests.Calls;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Proxy;

/// <summary>3xx at the proxy (RFC 3261 §16.7 item 4): passed on, or followed, bounded.</summary>
public class RedirectionTests
{
    private readonly ProxyWorld _world = new() { Options = new ForwardOptions { MaxRedirects = 5 } };

    private static Action<IncomingCall> To(string contacts) => call => call.Redirect(302, Bytes(contacts));

    private static Action<IncomingCall> Answer => call => call.Answer(CallSide.Offer);

    private string[] Invites => [.. _world.Steps.Where(step => step.EndsWith(" INVITE", StringComparison.Ordinal))];

    [Fact]
    public void A_3xx_is_passed_on_unless_it_is_to_be_followed()
    {
        _world.Options = ForwardOptions.Default;
        _world.Bob.Owner.OnNew = To("<sip:carol@192.0.2.3:5060>");
        _world.Invite();
        _world.RunOut();

        Invites.ShouldBe(["A>P INVITE", "P>B INVITE"]);
        _world.Sent("P>A 302").ShouldContain("\r\nContact: <sip:carol@192.0.2.3:5060>\r\n");
    }

    [Fact]
    public void The_contacts_are_called_by_their_q_before_the_other_targets()
    {
        _world.Targets = [_world.Bob, _world.Dave];
        _world.Bob.Owner.OnNew = To("<sip:x@192.0.2.99>;q=0, <sip:b2@192.0.2.2>;q=0.2, <sip:carol@192.0.2.3>;q=0.7");
        _world.Carol.Owner.OnNew = call =>
        {
            _world.Bob.Owner.OnNew = other => other.Refuse(486, default);
            call.Refuse(486, default);
        };
        _world.Dave.Owner.OnNew = Answer;
        OutgoingCall call = _world.Invite();
        _world.Run(200);

        Invites.ShouldBe(["A>P INVITE", "P>B INVITE", "P>C INVITE", "P>B INVITE", "P>D INVITE"]);
        _world.Sent("P>B INVITE", 1).ShouldStartWith("INVITE sip:b2@192.0.2.2 SIP/2.0\r\n");
        call.State.ShouldBe(CallState.Confirmed);
        call.End();
        _world.RunOut();
    }

    [Theory]
    [InlineData("<sip:callee@192.0.2.2:5060>")]
    [InlineData("<sip:%63allee@192.0.2.2:5060>")]
    [InlineData("<tel:+33100>")]
    [InlineData("<sip:carol@192.0.2.3;method=BYE>")]
    [InlineData("<sip:carol@192.0.2.3")]
    public void Where_the_call_has_been_and_what_is_no_place_is_not_followed(string contact)
    {
        _world.Bob.Owner.OnNew = To(contact);
        _world.Invite();
        _world.RunOut();

        Invites.ShouldBe(["A>P INVITE", "P>B INVITE"]);
        _world.Alice.Heard.ShouldContain("refused 302");
    }

    [Fact]
    public void An_address_that_may_not_be_called_is_not()
    {
        var carol = Peer.ToNumber(IPAddress.Parse("192.0.2.3"));
        _world.Options = _world.Options with { MayRedirect = peer => peer.Address != carol };
        _world.Names.A("carol.example", "192.0.2.3").A("both.example", "192.0.2.3", "192.0.2.4");
        _world.Bob.Owner.OnNew = To(
            "<sip:carol@192.0.2.3>, <sip:carol@carol.example:5060>, <sip:dave@both.example:5060>"
        );
        _world.Dave.Owner.OnNew = Answer;
        OutgoingCall call = _world.Invite();
        _world.Run(500);

        Invites.ShouldBe(["A>P INVITE", "P>B INVITE", "P>D INVITE"]);
        call.End();
        _world.RunOut();
    }

    [Fact]
    public void What_a_contact_wants_put_into_the_request_is_left_out()
    {
        _world.Bob.Owner.OnNew = To("<sip:carol@192.0.2.3:5060?Route=%3Csip:evil.example%3E&Subject=x>");
        _world.Carol.Owner.OnNew = Answer;
        OutgoingCall call = _world.Invite();
        _world.Run(200);

        string invite = _world.Sent("P>C INVITE");
        invite.ShouldStartWith("INVITE sip:carol@192.0.2.3:5060 SIP/2.0\r\n");
        invite.ShouldNotContain("evil.example");
        call.End();
        _world.RunOut();
    }

    [Fact]
    public void A_305_asks_for_more_than_another_address_and_is_passed_on()
    {
        _world.Bob.Owner.OnNew = call => call.Redirect(305, "<sip:192.0.2.3>"u8);
        _world.Invite();
        _world.RunOut();
        _world.Alice.Heard.ShouldContain("refused 305");
        Invites.Length.ShouldBe(2);
    }

    [Fact]
    public void A_caller_that_gives_up_is_not_sent_on()
    {
        _world.Names.A("carol.example", "192.0.2.3");
        _world.Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        OutgoingCall call = _world.Invite();
        _world.Run(100);
        call.End();
        _world.Bob.Owner.Incoming[0].Redirect(302, Bytes("<sip:carol@carol.example>, <sip:carol@192.0.2.3>"));
        _world.RunOut();

        _world.Steps.ShouldNotContain("P>C INVITE");
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
