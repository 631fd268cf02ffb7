using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Tests.Calls;
using Ringfence.Sip.Tests.Transactions;

namespace Ringfence.Sip.Tests.Proxy;

/// <summary>199 Early Dialog Terminated (RFC 6228), sent by the proxy and understood by the caller.</summary>
public class EarlyDialogEndTests
{
    private readonly ProxyWorld _world = new();

    public EarlyDialogEndTests()
    {
        _world.Targets = [_world.Bob, _world.Carol];
        _world.Options = new ForwardOptions { Parallel = true };
        _world.Bob.Owner.OnNew = call => call.Progress(183, default, CallSide.Offer);
        _world.Carol.Owner.OnNew = call => call.Progress(180, default, Body.None);
    }

    [Fact]
    public void A_fork_that_ends_while_others_ring_is_told_to_a_caller_that_wants_it()
    {
        OutgoingCall call = Invite(new HeaderField(HeaderId.Supported, "199"));
        call.EarlyDialogs.Count.ShouldBe(2);
        _world.Bob.Owner.Incoming[0].Refuse(486, default);
        _world.Run(100);

        string ended = _world.Sent("P>A 199");
        SipText.Header(ended, "Reason").ShouldBe("SIP;cause=486");
        SipText.Header(ended, "Contact").ShouldBe("");
        SipText
            .Parameter(SipText.Header(ended, "To"), "tag")
            .ShouldBe(SipText.Parameter(SipText.Header(_world.Sent("B>P 183"), "To"), "tag"));
        _world.Steps.Count(step => step == "P>A 199").ShouldBe(1);
        call.EarlyDialogs.Count.ShouldBe(1);
        _world.Alice.Heard[^1].ShouldBe("progress 199");

        _world.Carol.Owner.Incoming[0].Answer(CallSide.Offer);
        _world.Run(100);
        call.State.ShouldBe(CallState.Confirmed);
        call.End();
        _world.RunOut();
    }

    [Fact]
    public void The_last_fork_ends_with_the_final_response_alone()
    {
        Invite(new HeaderField(HeaderId.Supported, "199"));
        _world.Bob.Owner.Incoming[0].Refuse(486, default);
        _world.Run(100);
        _world.Carol.Owner.Incoming[0].Refuse(404, default);
        _world.RunOut();

        _world.Steps.Count(step => step == "P>A 199").ShouldBe(1);
        _world.Alice.Heard[^2..].ShouldBe(["refused 486", "ended Refused"]);
    }

    [Fact]
    public void A_caller_that_did_not_ask_is_not_told()
    {
        OutgoingCall call = Invite();
        _world.Bob.Owner.Incoming[0].Refuse(486, default);
        _world.Run(100);
        _world.Steps.ShouldNotContain("P>A 199");
        call.End();
        _world.RunOut();
    }

    [Fact]
    public void A_caller_that_requires_100rel_is_not_told_since_a_proxy_cannot_send_reliably()
    {
        OutgoingCall call = Invite(
            new HeaderField(HeaderId.Supported, "199"),
            new HeaderField(HeaderId.Require, "100rel")
        );
        call.EarlyDialogs.Count.ShouldBe(2);
        _world.Bob.Owner.Incoming[0].Refuse(486, default);
        _world.Run(100);
        _world.Steps.ShouldNotContain("P>A 199");
        _world.Steps.Count(step => step == "P>B PRACK").ShouldBe(1);
        call.End();
        _world.RunOut();
    }

    [Fact]
    public void A_199_of_an_unknown_dialog_is_ignored()
    {
        var world = new TypedWorld();
        OutgoingCall call = world.Invite();
        world.Receive(SipText.Response(world.SentInvite, 199, "never-seen"));
        call.EarlyDialogs.ShouldBeEmpty();
        world.Heard.ShouldBeEmpty();
    }

    private OutgoingCall Invite(params HeaderField[] headers)
    {
        OutgoingCall call = _world.Alice.Calls.Invite(
            _world.Alice.To(_world.Edge.Node) with
            {
                Headers = headers,
                Reliability = Reliability.Off,
            },
            _world.Alice.Owner
        );
        _world.Run(100);
        return call;
    }
}
