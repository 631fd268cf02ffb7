using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Tests.Calls;
using Ringfence.Sip.Tests.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Proxy;

/// <summary>The flows of RFC 3665 that pass a proxy, with one target.</summary>
public class ProxyFlowTests
{
    private readonly ProxyWorld _world = new();

    private CallSide Alice => _world.Alice;

    private CallSide Bob => _world.Bob;

    [Fact]
    public void A_session_is_established_and_ended_through_the_proxy_as_in_RFC_3665_3_2()
    {
        Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        OutgoingCall call = _world.Invite();
        _world.Run(10);
        Bob.Owner.Incoming[0].Answer(CallSide.Offer);
        _world.Run(10);
        Bob.Owner.Incoming[0].End();
        _world.RunOut();

        _world.Steps.ShouldBe([
            "A>P INVITE",
            "P>A 100",
            "P>B INVITE",
            "B>P 180",
            "P>A 180",
            "B>P 200",
            "P>A 200",
            "A>P ACK",
            "P>B ACK",
            "B>P BYE",
            "P>A BYE",
            "A>P 200",
            "P>B 200",
        ]);
        Alice.Heard.ShouldBe(["progress 180", "answered 200", "ended ByeReceived"]);
        _world.Told.ShouldBe(["progress 180", "completed 200"]);
        call.State.ShouldBe(CallState.Ended);
    }

    [Fact]
    public void A_forwarded_INVITE_has_our_Via_and_Record_Route_and_one_hop_less()
    {
        _world.Invite();
        _world.Run(10);

        string invite = _world.Sent("P>B INVITE");
        invite.ShouldStartWith(
            "INVITE sip:callee@192.0.2.2:5060 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.9:5060;rport;branch=z9hG4bK"
        );
        SipText.Header(invite, "Max-Forwards").ShouldBe("69");
        SipText.Header(invite, "Record-Route").ShouldEndWith("@192.0.2.9:5060;lr>");
        SipText.Header(invite, "Max-Breadth").ShouldBe("60");
        string[] vias = [.. SipText.Lines(invite).Where(line => line.StartsWith("Via:", StringComparison.Ordinal))];
        vias.Length.ShouldBe(2);
        vias[1].ShouldContain(";received=192.0.2.1;rport=5060");
    }

    [Fact]
    public void A_caller_that_gives_up_is_answered_487_as_in_RFC_3665_3_8()
    {
        Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        OutgoingCall call = _world.Invite();
        _world.Run(1_000);
        call.End(new HeaderField(HeaderId.Reason, "Q.850;cause=16"));
        _world.RunOut();

        _world
            .Steps[5..]
            .ShouldBe(["A>P CANCEL", "P>A 200", "P>B CANCEL", "B>P 200", "B>P 487", "P>B ACK", "P>A 487", "A>P ACK"]);
        SipText.Header(_world.Sent("P>B CANCEL"), "Reason").ShouldBe("Q.850;cause=16");
        Alice.Heard.ShouldBe(["progress 180", "ended GivenUp"]);
        Bob.Heard.ShouldBe(["invite", "ended Cancelled"]);
        _world.Told.ShouldBe(["progress 180", "completed 487"]);
    }

    [Fact]
    public void A_CANCEL_before_any_provisional_response_of_the_callee_is_held_by_the_proxy()
    {
        OutgoingCall call = _world.Invite();
        _world.Run(10);
        call.End();
        _world.Run(100);
        _world.Steps.ShouldNotContain("P>B CANCEL");

        _world.RunOut();

        _world.Steps.ShouldContain("P>B CANCEL");
        Alice.Heard.ShouldBe(["ended GivenUp"]);
    }

    [Fact]
    public void A_busy_callee_is_passed_on_as_in_RFC_3665_3_9()
    {
        Bob.Owner.OnNew = call => call.Refuse(486, default, new HeaderField(HeaderId.Reason, "Q.850;cause=17"));
        _world.Invite();
        _world.RunOut();

        _world.Steps.ShouldBe(["A>P INVITE", "P>A 100", "P>B INVITE", "B>P 486", "P>B ACK", "P>A 486", "A>P ACK"]);
        SipText.Header(_world.Sent("P>A 486"), "Reason").ShouldBe("Q.850;cause=17");
        SipText
            .Parameter(SipText.Header(_world.Sent("P>A 486"), "To"), "tag")
            .ShouldBe(SipText.Parameter(SipText.Header(_world.Sent("B>P 486"), "To"), "tag"));
        Alice.Heard.ShouldBe(["refused 486", "ended Refused"]);
    }

    [Fact]
    public void A_callee_that_never_answers_is_408_after_64_T1_as_in_RFC_3665_3_10()
    {
        _world.Network.SetLink(
            System.Net.IPAddress.Parse("192.0.2.9"),
            System.Net.IPAddress.Parse("192.0.2.2"),
            new LinkConditions { Loss = 1 }
        );
        _world.Invite();
        _world.Run(32_000);
        Alice.Heard.ShouldBeEmpty();

        _world.RunOut();

        Alice.Heard.ShouldBe(["refused 408", "ended Refused"]);
        _world.Steps.Count(step => step == "P>B INVITE").ShouldBe(7);
        _world.Told.ShouldBe(["completed 408 alone"]);
    }

    [Fact]
    public void A_target_that_cannot_be_reached_is_500_and_not_503()
    {
        _world.Network.SetLink(
            System.Net.IPAddress.Parse("192.0.2.9"),
            System.Net.IPAddress.Parse("192.0.2.2"),
            new LinkConditions { Refuses = true }
        );
        _world.Invite();
        _world.RunOut();

        Alice.Heard.ShouldBe(["refused 500", "ended Refused"]);
    }

    [Fact]
    public void Timer_C_takes_back_a_call_that_rings_too_long_and_each_provisional_response_starts_it_anew()
    {
        Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        _world.Network.Conditions = new LinkConditions { Delay = 0 };
        _world.Invite();
        _world.Run(1);
        // The callee falls silent: its reminders of every minute get lost.
        _world.Network.SetLink(
            System.Net.IPAddress.Parse("192.0.2.2"),
            System.Net.IPAddress.Parse("192.0.2.9"),
            new LinkConditions { Loss = 1 }
        );

        _world.Run(180_498);
        _world.Steps.ShouldNotContain("P>B CANCEL");
        _world.Run(3);
        _world.Steps.ShouldContain("P>B CANCEL");

        _world.RunOut();
        Alice.Heard.ShouldBe(["progress 180", "refused 408", "ended Refused"]);
    }

    [Fact]
    public void A_ring_limit_takes_the_call_back_and_the_caller_gets_408()
    {
        _world.Options = new ForwardOptions { RingTimeout = 20_000 };
        Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        _world.Invite();
        _world.RunOut();

        Alice.Heard.ShouldBe(["progress 180", "refused 408", "ended Refused"]);
        Bob.Heard.ShouldBe(["invite", "ended Cancelled"]);
        _world.Told.ShouldBe(["progress 180", "completed 408 alone"]);
    }

    [Fact]
    public void Headers_are_taken_out_and_added_on_the_way()
    {
        _world.Options = new ForwardOptions
        {
            Remove = [HeaderId.PAssertedIdentity],
            Add = [new HeaderField("Identity", "abc"), new HeaderField("X-Verdict", "wanted")],
            RecordRoute = false,
        };
        Alice.Calls.Invite(
            Alice.To(_world.Edge.Node) with
            {
                Headers = [new HeaderField(HeaderId.PAssertedIdentity, "<sip:eve@192.0.2.66>")],
            },
            Alice.Owner
        );
        _world.Run(10);

        string invite = _world.Sent("P>B INVITE");
        SipText.Header(invite, "P-Asserted-Identity").ShouldBe("");
        SipText.Header(invite, "Identity").ShouldBe("abc");
        SipText.Header(invite, "X-Verdict").ShouldBe("wanted");
        SipText.Header(invite, "Record-Route").ShouldBe("");
    }

    [Fact]
    public void A_caller_on_a_stream_is_answered_on_it()
    {
        Bob.Owner.OnNew = call => call.Answer(CallSide.Offer);
        OutgoingCall call = _world.Invite(TransportKind.Tcp);
        _world.Run(100);
        Bob.Owner.Incoming[0].End();
        _world.Run(100);

        Alice.Heard.ShouldBe(["answered 200", "ended ByeReceived"]);
        call.State.ShouldBe(CallState.Ended);
        _world.RunOut();
    }

    [Fact]
    public void A_request_that_requires_something_of_the_proxy_is_refused_420()
    {
        Alice.Calls.Invite(
            Alice.To(_world.Edge.Node) with
            {
                Headers = [new HeaderField(HeaderId.ProxyRequire, "sec-agree")],
            },
            Alice.Owner
        );
        _world.RunOut();

        Alice.Heard.ShouldBe(["refused 420", "ended Refused"]);
        SipText.Header(_world.Sent("P>A 420"), "Unsupported").ShouldBe("sec-agree");
    }

    [Fact]
    public void A_request_without_hops_left_is_refused_483()
    {
        Alice.Calls.Invite(Alice.To(_world.Edge.Node) with { MaxForwards = 0 }, Alice.Owner);
        _world.RunOut();

        Alice.Heard.ShouldBe(["refused 483", "ended Refused"]);
        _world.Steps.ShouldNotContain("P>B INVITE");
    }

    [Fact]
    public void A_request_that_comes_back_unchanged_has_looped_and_is_refused_482()
    {
        _world.Edge.Owner.OnNew = call =>
            _world.Proxy.Forward(call, [new ProxyTarget(_world.Edge.Node.Local)], ForwardOptions.Default, null);
        _world.Invite();
        _world.RunOut();

        Alice.Heard.ShouldBe(["refused 482", "ended Refused"]);
        _world.Steps.Count(step => step == "P>P INVITE").ShouldBe(1);
    }

    [Fact]
    public void A_request_that_comes_back_for_another_target_is_a_spiral_and_goes_on()
    {
        Bob.Owner.OnNew = call => call.Answer(CallSide.Offer);
        int times = 0;
        _world.Edge.Owner.OnNew = call =>
            _world.Proxy.Forward(
                call,
                [
                    times++ == 0
                        ? new ProxyTarget(_world.Edge.Node.Local, "sip:second@192.0.2.9"u8.ToArray())
                        : new ProxyTarget(Bob.Node.Local, "sip:bob@192.0.2.2"u8.ToArray()),
                ],
                ForwardOptions.Default,
                null
            );
        OutgoingCall call = _world.Invite();
        _world.Run(100);
        call.State.ShouldBe(CallState.Confirmed);
        call.End();
        _world.RunOut();

        Bob.Heard.ShouldBe(["invite", "acknowledged", "ended ByeReceived"]);
    }

    [Fact]
    public void A_request_that_comes_back_with_another_route_is_a_spiral_too()
    {
        string first = SipText.Request("INVITE", via: "192.0.2.1:5060");
        string second = SipText.Request("INVITE", extra: "Route: <sip:192.0.2.77;lr>\r\n");
        Ringfence.Sip.Lanes.KeyedHash hash = _world.Edge.Transactions.Hash;
        var one = LoopMark.Of((SipRequest)SipText.Parse(first).Message!, hash);
        var other = LoopMark.Of((SipRequest)SipText.Parse(second).Message!, hash);
        one.Span.SequenceEqual(other.Span).ShouldBeFalse();
    }

    [Fact]
    public void A_stranger_cannot_use_the_route_to_reach_others()
    {
        Bob.Owner.OnNew = call => call.Answer(CallSide.Offer);
        OutgoingCall call = _world.Invite();
        _world.Run(100);
        string mark = SipText.Header(_world.Sent("P>B INVITE"), "Record-Route");
        call.End();
        _world.RunOut();
        _world.Ladder.Clear();

        string stolen = SipText.Request(
            "INFO",
            callId: "another",
            toTag: "tt",
            uri: "sip:canary@192.0.2.4",
            extra: $"Route: {mark}\r\n"
        );
        Alice.Node.Wire.Send(_world.Edge.Node.Local, System.Text.Encoding.UTF8.GetBytes(stolen));
        _world.RunOut();

        _world.Steps.ShouldBe(["A>P INFO", "P>A 481"]);
    }

    [Fact]
    public void A_response_that_nobody_asked_for_is_not_forwarded()
    {
        string forged = SipText.Response(
            SipText
                .Request("INFO", via: "192.0.2.9:5060")
                .Replace(
                    "Max-Forwards",
                    "Via: SIP/2.0/UDP 192.0.2.4:5060;branch=z9hG4bKcanary\r\nMax-Forwards",
                    StringComparison.Ordinal
                ),
            200
        );
        Alice.Node.Wire.Send(_world.Edge.Node.Local, System.Text.Encoding.UTF8.GetBytes(forged));
        _world.RunOut();

        _world.Steps.ShouldBe(["A>P 200"]);
    }
}
