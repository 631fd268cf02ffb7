using System.Text;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Tests.Calls;
using Ringfence.Sip.Tests.Transactions;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Proxy;

/// <summary>How a place is reached: by which transport, at which of its addresses, by which flow, with which credentials.</summary>
public class ReachingTests
{
    private readonly ProxyWorld _world = new();

    private CallSide Alice => _world.Alice;

    private CallSide Bob => _world.Bob;

    private string[] RecordRoutes =>
        SipText.Header(_world.Sent("P>B INVITE"), "Record-Route").Split(", ", StringSplitOptions.None);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_the_transports_differ_each_side_has_its_own_route_and_either_BYE_gets_through(bool calleeEnds)
    {
        _world.Place = side =>
            ProxyWorld.TargetOf(side) with
            {
                Destination = side.Node.Local with { Kind = TransportKind.Tcp },
            };
        OutgoingCall call = Establish();
        RecordRoutes.Length.ShouldBe(2);
        RecordRoutes[0].ShouldEndWith("@192.0.2.9:5060;transport=tcp;lr>");
        RecordRoutes[1].ShouldEndWith("@192.0.2.9:5060;lr>");

        if (calleeEnds)
        {
            Bob.Owner.Incoming[0].End();
        }
        else
        {
            call.End();
        }

        _world.RunOut();
        _world.Steps.ShouldContain(calleeEnds ? "P>A BYE" : "P>B BYE");
        Alice.Heard[^1].ShouldStartWith("ended");
        Bob.Heard[^1].ShouldStartWith("ended");
    }

    [Fact]
    public void Where_both_sides_are_reached_alike_one_route_serves_both()
    {
        Establish();
        RecordRoutes.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(true, "P>A BYE")]
    [InlineData(false, "P>B 481")]
    public void A_call_goes_on_after_a_restart_with_the_same_key_and_not_with_another(bool isSame, string step)
    {
        Establish();
        _world.Run(40_000);
        byte[] key = isSame ? ProxyWorld.RouteKey : [.. ProxyWorld.RouteKey.Reverse()];
        MemoryNode node = _world.Edge.Node;
        var again = new TransactionLayer(node.Lane, node.Wire, SipTimers.Default, TransactionLimits.Default);
        _ = new ProxyLayer(
            new CallLayer(again, new Recorder(), CallOptions.Default),
            new ProxyOptions { RouteKey = key }
        );
        node.Attach(again);

        Bob.Owner.Incoming[0].End();
        _world.Run(100);

        _world.Steps.ShouldContain(step);
    }

    [Fact]
    public void An_INVITE_too_long_for_UDP_goes_by_UDP_after_all_where_TCP_is_refused()
    {
        _world.Network.SetLink(
            _world.Edge.Node.Local.ToIPAddress(),
            Bob.Node.Local.ToIPAddress(),
            new LinkConditions { RefusesStreams = true }
        );
        _world.Options = ForwardOptions.Default with { Add = [new HeaderField("X-Long", new string('x', 1_300))] };
        Establish();

        _world.Ladder.Count(message => message.Copies == 0).ShouldBe(1);
        SipText.Header(_world.Sent("P>B INVITE", 1), "Via").ShouldStartWith("SIP/2.0/UDP");
        _world.Told.ShouldBe(["completed 200"]);
    }

    [Fact]
    public void A_silent_address_is_given_up_for_the_next_of_the_same_place_and_remembered()
    {
        _world.Options = ForwardOptions.Default with { FailoverAfter = 4_000 };
        _world.Place = side => ProxyWorld.TargetOf(side) with { Others = [_world.Carol.Node.Local] };
        _world.Network.SetLink(
            _world.Edge.Node.Local.ToIPAddress(),
            Bob.Node.Local.ToIPAddress(),
            new LinkConditions { Loss = 1 }
        );
        _world.Carol.Owner.OnNew = call => call.Answer(CallSide.Offer);
        _world.Invite();
        _world.Run(3_900);
        _world.Steps.ShouldNotContain("P>C INVITE");
        _world.Run(200);

        _world.Told.ShouldBe(["completed 200"]);
        _world.Sent("P>C INVITE").ShouldStartWith("INVITE sip:callee@192.0.2.2:5060 ");
        _world.Resolver.Dead.Contains(Bob.Node.Local).ShouldBeTrue();
        _world.Clock.Advance(TimeSpan.FromMinutes(2));
        _world.Resolver.Dead.Contains(Bob.Node.Local).ShouldBeFalse();
        _world.Resolver.Dead.IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData(503, "completed 200")]
    [InlineData(486, "completed 486")]
    public void Only_a_server_that_is_unavailable_is_passed_over_for_the_next(int statusCode, string told)
    {
        _world.Place = side => ProxyWorld.TargetOf(side) with { Others = [_world.Carol.Node.Local] };
        Bob.Owner.OnNew = call => call.Refuse(statusCode, default);
        _world.Carol.Owner.OnNew = call => call.Answer(CallSide.Offer);
        _world.Invite();
        _world.Run(100);

        _world.Told.ShouldBe([told]);
        _world.Steps.Contains("P>C INVITE").ShouldBe(statusCode == 503);
    }

    [Fact]
    public void A_place_whose_only_connection_is_gone_is_not_there()
    {
        _world.Place = side =>
            ProxyWorld.TargetOf(side) with
            {
                Destination = side.Node.Local with { Kind = TransportKind.Tcp, Connection = 77 },
            };
        _world.Invite();
        _world.Run(100);

        _world.Told.ShouldBe(["completed 480 alone"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_request_within_the_dialog_to_a_host_name_is_looked_up_and_nothing_waits_for_it(bool isSlow)
    {
        _world.Names.A("phones.example", "192.0.2.1");
        Establish();
        _world.Names.Gate = isSlow ? new TaskCompletionSource() : null;

        SendBye("sip:alice@phones.example:5060", RecordRoutes);
        _world.Run(10);
        if (isSlow)
        {
            _world.Steps.ShouldNotContain("P>A BYE");
            LookUp();
        }

        _world.Steps.ShouldContain("P>A BYE");
    }

    [Theory]
    [InlineData(DnsOutcome.Absent, "P>B 404")]
    [InlineData(DnsOutcome.Silent, "P>B 503")]
    public void A_host_that_is_not_found_is_404_and_one_that_cannot_be_asked_for_503(DnsOutcome outcome, string step)
    {
        _world.Names.Otherwise =
            outcome == DnsOutcome.Absent ? Sip.Resolve.DnsStatus.Absent : Sip.Resolve.DnsStatus.Silent;
        Establish();
        SendBye("sip:alice@phones.example", RecordRoutes);
        _world.Run(10);

        _world.Steps.ShouldContain(step);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_redirection_to_a_host_name_is_looked_up_and_followed(bool isSlow)
    {
        _world.Names.A("phones.example", "192.0.2.3");
        _world.Names.Gate = isSlow ? new TaskCompletionSource() : null;
        _world.Options = new ForwardOptions { MaxRedirects = 2 };
        Bob.Owner.OnNew = call => call.Redirect(302, "<sip:carol@phones.example:5060>"u8);
        _world.Carol.Owner.OnNew = call => call.Refuse(486, default);
        _world.Invite();
        _world.Run(100);
        if (isSlow)
        {
            _world.Steps.ShouldNotContain("P>A 302");
            LookUp();
        }

        _world.Sent("P>C INVITE").ShouldStartWith("INVITE sip:carol@phones.example:5060 SIP/2.0");
        Alice.Heard.ShouldBe(["refused 486", "ended Refused"]);
        _world.RunOut();
    }

    [Theory]
    [InlineData(DnsOutcome.Absent)]
    [InlineData(DnsOutcome.Silent)]
    public void A_redirection_to_a_host_that_is_not_found_is_left_to_the_caller(DnsOutcome outcome)
    {
        _world.Names.Otherwise =
            outcome == DnsOutcome.Absent ? Sip.Resolve.DnsStatus.Absent : Sip.Resolve.DnsStatus.Silent;
        _world.Options = new ForwardOptions { MaxRedirects = 2 };
        Bob.Owner.OnNew = call => call.Redirect(302, "<sip:carol@phones.example>"u8);
        _world.Invite();
        _world.Run(100);

        Alice.Heard.ShouldBe(["refused 302", "ended Refused"]);
        _world.RunOut();
    }

    [Fact]
    public void A_caller_that_gives_up_while_a_redirection_is_looked_up_is_told_at_once()
    {
        _world.Names.A("phones.example", "192.0.2.3");
        _world.Names.Gate = new TaskCompletionSource();
        _world.Options = new ForwardOptions { MaxRedirects = 2 };
        Bob.Owner.OnNew = call => call.Redirect(302, "<sip:carol@phones.example:5060>"u8);
        OutgoingCall call = _world.Invite();
        _world.Run(300);
        call.End();
        _world.Run(100);
        Alice.Heard.ShouldBe(["ended GivenUp"]);

        LookUp();
        _world.RunOut();
        _world.Carol.Heard.ShouldBeEmpty();
    }

    [Fact]
    public void A_caller_behind_a_NAT_is_reached_the_way_that_it_came_whatever_its_Contact_says()
    {
        _world.Options = ForwardOptions.Default with { KeepCallerFlow = true };
        Establish();
        RecordRoutes.Length.ShouldBe(2);
        SendBye("sip:alice@10.9.9.9:5999", RecordRoutes);
        _world.Run(10);

        _world.Steps.ShouldContain("P>A BYE");
        _world.Sent("P>A BYE").ShouldStartWith("BYE sip:alice@10.9.9.9:5999 ");
    }

    /// <summary>The flow is under the same seal as the Call-ID: nobody aims us at a third host.</summary>
    [Fact]
    public void A_flow_that_was_altered_leads_nowhere()
    {
        _world.Options = ForwardOptions.Default with { KeepCallerFlow = true };
        Establish();
        string forged = RecordRoutes[1].Replace("c0000201", "c0000203", StringComparison.Ordinal);
        forged.ShouldNotBe(RecordRoutes[1]);
        SendBye("sip:alice@10.9.9.9:5999", [RecordRoutes[0], forged]);
        _world.Run(10);

        _world.Steps.ShouldNotContain("P>A BYE");
        _world.Steps.ShouldNotContain("P>C BYE");
    }

    [Fact]
    public void A_Path_of_the_target_is_put_on_top_of_the_route()
    {
        _world.Place = side => ProxyWorld.TargetOf(side) with { Route = "<sip:192.0.2.2;lr>"u8.ToArray() };
        Establish();

        SipText.Header(_world.Sent("P>B INVITE"), "Route").ShouldBe("<sip:192.0.2.2;lr>");
    }

    [Theory]
    [InlineData("right", "completed 200", 2)]
    [InlineData("wrong", "completed 403 alone", 2)]
    public void A_target_that_challenges_gets_our_credentials_once(string password, string told, int invites)
    {
        var server = new DigestServer(
            new DigestServerOptions { Realm = "bob.example" },
            new Auth.Users { ["edge"] = DigestSecret.FromPassword("edge", "bob.example", "right") },
            new byte[16],
            _world.Clock
        );
        var login = new DigestLogin("bob.example", "edge", DigestSecret.FromPassword("edge", "bob.example", password));
        _world.Place = side => ProxyWorld.TargetOf(side) with { Login = login };
        Challenge(Bob, server);
        _world.Invite();
        _world.Run(100);

        _world.Told.ShouldBe([told]);
        _world.Steps.Count(step => step == "P>B INVITE").ShouldBe(invites);
        _world.Steps.ShouldNotContain("P>A 407");
        SipText.Header(_world.Sent("P>B INVITE", 1), "Proxy-Authorization").ShouldStartWith("Digest username=\"edge\"");
    }

    /// <summary>
    /// The INVITE with credentials is a new request (RFC 3261 §22.2), and the dialog's numbers go on from there: each side sees its own
    /// without a gap.
    /// </summary>
    [Fact]
    public void After_a_challenge_the_callee_counts_one_further_than_the_caller()
    {
        var secret = DigestSecret.FromPassword("edge", "bob.example", "right");
        var users = new Auth.Users { ["edge"] = secret };
        var server = new DigestServer(
            new DigestServerOptions { Realm = "bob.example" },
            users,
            new byte[16],
            _world.Clock
        );
        _world.Place = side =>
            ProxyWorld.TargetOf(side) with
            {
                Login = new DigestLogin("bob.example", "edge", secret),
            };
        Challenge(Bob, server);
        OutgoingCall call = _world.Invite();
        _world.Run(100);
        call.End();
        _world.RunOut();

        string Sequence(string step, int index = 0) => SipText.Header(_world.Sent(step, index), "CSeq");
        int first = int.Parse(Sequence("A>P INVITE").Split(' ')[0], null);
        Sequence("P>B INVITE", 1).ShouldBe($"{first + 1} INVITE");
        Sequence("P>A 200").ShouldBe($"{first} INVITE");
        Sequence("A>P ACK").ShouldBe($"{first} ACK");
        Sequence("P>B ACK", 1).ShouldBe($"{first + 1} ACK");
        Sequence("A>P BYE").ShouldBe($"{first + 1} BYE");
        Sequence("P>B BYE").ShouldBe($"{first + 2} BYE");
        Sequence("P>A 200", 1).ShouldBe($"{first + 1} BYE");
        Alice.Heard[^1].ShouldBe("ended ByeSent");
        Bob.Heard[^1].ShouldBe("ended ByeReceived");
    }

    /// <summary>A challenge is kept: the next INVITE has its credentials at once.</summary>
    [Fact]
    public void The_next_call_brings_its_credentials_at_once()
    {
        var secret = DigestSecret.FromPassword("edge", "bob.example", "right");
        var server = new DigestServer(
            new DigestServerOptions { Realm = "bob.example" },
            new Auth.Users { ["edge"] = secret },
            new byte[16],
            _world.Clock
        );
        var login = new DigestLogin("bob.example", "edge", secret);
        _world.Place = side => ProxyWorld.TargetOf(side) with { Login = login };
        Challenge(Bob, server);
        _world.Invite();
        _world.Run(100);
        _world.Invite();
        _world.Run(100);

        _world.Steps.Count(step => step == "P>B INVITE").ShouldBe(3);
        _world.Told.ShouldBe(["completed 200", "completed 200"]);
    }

    [Fact]
    public void A_target_without_credentials_gets_none_and_its_challenge_goes_to_the_caller()
    {
        var server = new DigestServer(
            new DigestServerOptions { Realm = "bob.example" },
            new Auth.Users(),
            new byte[16],
            _world.Clock
        );
        Challenge(Bob, server);
        _world.Invite();
        _world.Run(100);

        _world.Steps.ShouldContain("P>A 407");
        _world.Steps.Count(step => step == "P>B INVITE").ShouldBe(1);
    }

    /// <summary>The name server answers.</summary>
    private void LookUp()
    {
        _world.Names.Gate!.SetResult();
        SpinWait.SpinUntil(() => _world.Edge.Node.Lane.QueueDepth > 0, TimeSpan.FromSeconds(20)).ShouldBeTrue();
        _world.Run(100);
    }

    private static void Challenge(CallSide side, DigestServer server) =>
        side.Owner.OnNew = call =>
        {
            DigestVerdict verdict = server.Check(call.Request, asProxy: true);
            if (verdict.Outcome == DigestOutcome.Authenticated)
            {
                call.Answer(CallSide.Offer);
            }
            else
            {
                call.Refuse(
                    verdict.StatusCode,
                    default,
                    [.. verdict.Challenges.Select(value => new HeaderField(verdict.Id, value))]
                );
            }
        };

    private OutgoingCall Establish()
    {
        Bob.Owner.OnNew = call => call.Answer(CallSide.Offer);
        OutgoingCall call = _world.Invite();
        _world.Run(50);
        _world.Told[^1].ShouldBe("completed 200");
        return call;
    }

    /// <summary>A BYE of Bob's by hand, with a Request-URI that his stack would not write.</summary>
    private void SendBye(string requestUri, string[] routes)
    {
        string invite = _world.Sent("P>B INVITE");
        string answer = _world.Sent("B>P 200");
        string bye =
            $"BYE {requestUri} SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKbye;rport\r\nMax-Forwards: 70\r\n"
            + $"Route: {string.Join(", ", routes)}\r\nFrom: {SipText.Header(answer, "To")}\r\nTo: {SipText.Header(invite, "From")}\r\n"
            + $"Call-ID: {SipText.Header(invite, "Call-ID")}\r\nCSeq: 9 BYE\r\nContent-Length: 0\r\n\r\n";
        Bob.Node.Wire.Send(_world.Edge.Node.Local, Encoding.ASCII.GetBytes(bye));
    }

    /// <summary>What a name server may say.</summary>
    public enum DnsOutcome
    {
        Absent,
        Silent,
    }
}
