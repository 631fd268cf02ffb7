using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Tests.Calls;
using Ringfence.Sip.Tests.Transactions;

namespace Ringfence.Sip.Tests.Proxy;

/// <summary>Several targets: in parallel, one after another, and which answer the caller gets (RFC 3261 §16.7).</summary>
public class ForkingTests
{
    private readonly ProxyWorld _world = new();

    public ForkingTests()
    {
        _world.Targets = [_world.Bob, _world.Carol, _world.Dave];
        _world.Options = new ForwardOptions { Parallel = true };
    }

    private static Action<IncomingCall> Ring => call => call.Progress(180, default, Body.None);

    private static Action<IncomingCall> Refuse(int statusCode, params HeaderField[] headers) =>
        call => call.Refuse(statusCode, default, headers);

    [Theory]
    [InlineData(607, "Unwanted")]
    [InlineData(608, "Rejected")]
    [InlineData(603, "Decline")]
    public void A_6xx_takes_the_other_branches_back_with_its_reason_and_is_sent_once(int statusCode, string phrase)
    {
        _world.Bob.Owner.OnNew = Ring;
        _world.Carol.Owner.OnNew = Ring;
        _world.Dave.Owner.OnNew = Ring;
        _world.Invite();
        _world.Run(1_000);
        _world
            .Dave.Owner.Incoming[0]
            .Refuse(statusCode, default, new HeaderField(HeaderId.Reason, $"SIP;cause={statusCode};text=\"no\""));
        _world.RunOut();

        foreach (string callee in (string[])["B", "C"])
        {
            SipText
                .Header(_world.Sent($"P>{callee} CANCEL"), "Reason")
                .ShouldBe($"SIP;cause={statusCode};text=\"{phrase}\"");
        }

        string[] steps = _world.Steps;
        int final = Array.IndexOf(steps, $"P>A {statusCode}");
        steps.Count(step => step == $"P>A {statusCode}").ShouldBe(1);
        steps[(final + 1)..].ShouldNotContain(step => step.StartsWith("P>A 1", StringComparison.Ordinal));
        SipText.Header(_world.Sent($"P>A {statusCode}"), "Reason").ShouldBe($"SIP;cause={statusCode};text=\"no\"");
        _world.Alice.Heard[^2..].ShouldBe([$"refused {statusCode}", "ended Refused"]);
        _world.Bob.Heard.ShouldBe(["invite", "ended Cancelled"]);
    }

    [Fact]
    public void A_2xx_that_crosses_the_6xx_still_wins()
    {
        _world.Bob.Owner.OnNew = Ring;
        _world.Carol.Owner.OnNew = Ring;
        _world.Dave.Owner.OnNew = Ring;
        OutgoingCall call = _world.Invite();
        _world.Run(1_000);
        _world.Dave.Owner.Incoming[0].Refuse(607, default);
        _world.Carol.Owner.Incoming[0].Answer(CallSide.Offer);
        _world.Run(100);

        call.State.ShouldBe(CallState.Confirmed);
        _world.Steps.ShouldNotContain("P>A 607");
        call.End();
        _world.RunOut();
    }

    [Fact]
    public void After_a_6xx_no_further_target_is_tried()
    {
        _world.Options = ForwardOptions.Default;
        _world.Bob.Owner.OnNew = Refuse(607);
        _world.Invite();
        _world.RunOut();

        _world.Carol.Heard.ShouldBeEmpty();
        _world.Alice.Heard.ShouldBe(["refused 607", "ended Refused"]);
    }

    [Fact]
    public void A_6xx_may_be_treated_as_busy()
    {
        _world.Options = new ForwardOptions { TreatGlobalAsBusy = true };
        _world.Bob.Owner.OnNew = Refuse(607);
        _world.Carol.Owner.OnNew = Refuse(404);
        _world.Dave.Owner.OnNew = call => call.Answer(CallSide.Offer);
        OutgoingCall call = _world.Invite();
        _world.Run(100);

        call.State.ShouldBe(CallState.Confirmed);
        call.End();
        _world.RunOut();
    }

    [Fact]
    public void The_first_2xx_takes_the_others_back()
    {
        _world.Bob.Owner.OnNew = Ring;
        _world.Carol.Owner.OnNew = Ring;
        _world.Dave.Owner.OnNew = call => call.Answer(CallSide.Offer);
        OutgoingCall call = _world.Invite();
        _world.Run(100);

        call.State.ShouldBe(CallState.Confirmed);
        SipText.Header(_world.Sent("P>B CANCEL"), "Reason").ShouldBe("SIP;cause=200;text=\"Call completed elsewhere\"");
        _world.Steps.ShouldNotContain("P>A 487");
        call.End();
        _world.RunOut();
        _world.Bob.Heard.ShouldBe(["invite", "ended Cancelled"]);
    }

    [Fact]
    public void Two_2xx_both_reach_the_caller_and_he_ends_the_second()
    {
        _world.Bob.Owner.OnNew = call => call.Answer(CallSide.Offer);
        _world.Carol.Owner.OnNew = call => call.Answer(CallSide.Offer);
        _world.Dave.Owner.OnNew = Refuse(486);
        OutgoingCall call = _world.Invite();
        _world.Run(100);

        _world.Steps.Count(step => step == "P>A 200").ShouldBe(3);
        call.State.ShouldBe(CallState.Confirmed);
        string[] ends = [_world.Bob.Heard[^1], _world.Carol.Heard[^1]];
        ends.ShouldBe(["acknowledged", "ended ByeReceived"]);
        call.End();
        _world.RunOut();
    }

    [Fact]
    public void Targets_are_tried_one_after_another()
    {
        _world.Options = new ForwardOptions { RingTimeout = 10_000 };
        _world.Bob.Owner.OnNew = Refuse(486);
        _world.Carol.Owner.OnNew = Ring;
        _world.Dave.Owner.OnNew = call => call.Answer(CallSide.Offer);
        OutgoingCall call = _world.Invite();
        _world.Run(9_000);
        _world.Dave.Heard.ShouldBeEmpty();
        _world.Run(2_000);

        call.State.ShouldBe(CallState.Confirmed);
        _world.Bob.Heard.ShouldBe(["invite", "ended Refused"]);
        _world.Carol.Heard.ShouldBe(["invite", "ended Cancelled"]);
        _world.Told.ShouldBe(["progress 180", "completed 200"]);
        call.End();
        _world.RunOut();
    }

    [Theory]
    [InlineData(503, 407, 501, 407)]
    [InlineData(486, 404, 500, 486)]
    [InlineData(302, 486, 404, 302)]
    [InlineData(486, 484, 404, 484)]
    [InlineData(503, 503, 503, 500)]
    [InlineData(500, 503, 502, 500)]
    [InlineData(486, 604, 302, 604)]
    public void The_best_response_goes_back(int bob, int carol, int dave, int best)
    {
        _world.Bob.Owner.OnNew = Final(bob);
        _world.Carol.Owner.OnNew = Final(carol);
        _world.Dave.Owner.OnNew = Final(dave);
        _world.Invite();
        _world.RunOut();

        _world.Alice.Heard.ShouldBe([$"refused {best}", "ended Refused"]);
    }

    [Fact]
    public void The_challenges_of_all_branches_go_back_together()
    {
        _world.Bob.Owner.OnNew = Refuse(401, new HeaderField(HeaderId.WwwAuthenticate, "Digest realm=\"b\""));
        _world.Carol.Owner.OnNew = Refuse(407, new HeaderField(HeaderId.ProxyAuthenticate, "Digest realm=\"c\""));
        _world.Dave.Owner.OnNew = Refuse(486);
        _world.Invite();
        _world.RunOut();

        _world.Alice.Heard.ShouldBe(["refused 401", "ended Refused"]);
        SipText.Header(_world.Sent("P>A 401"), "WWW-Authenticate").ShouldBe("Digest realm=\"b\"");
        SipText.Header(_world.Sent("P>A 401"), "Proxy-Authenticate").ShouldBe("Digest realm=\"c\"");
    }

    [Fact]
    public void Redirections_are_followed_a_bounded_number_of_times()
    {
        _world.Targets = [_world.Bob];
        _world.Options = new ForwardOptions { MaxRedirects = 1 };
        _world.Bob.Owner.OnNew = call => call.Redirect(302, "<sip:carol@192.0.2.3>, <sip:dave@192.0.2.4>"u8);
        _world.Carol.Owner.OnNew = Refuse(486);
        _world.Invite();
        _world.RunOut();

        _world.Sent("P>C INVITE").ShouldStartWith("INVITE sip:carol@192.0.2.3 SIP/2.0");
        _world.Dave.Heard.ShouldBeEmpty();
        _world.Alice.Heard.ShouldBe(["refused 486", "ended Refused"]);
    }

    [Fact]
    public void The_breadth_is_divided_among_parallel_branches()
    {
        Invite(breadth: 7);
        _world.Run(10);

        string[] shares =
        [
            .. new[] { "B", "C", "D" }.Select(who => SipText.Header(_world.Sent($"P>{who} INVITE"), "Max-Breadth")),
        ];
        shares.Sum(share => int.Parse(share, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(7);
        shares.ShouldAllBe(share => share != "0");
    }

    [Fact]
    public void Too_little_breadth_is_refused_440()
    {
        Invite(breadth: 2);
        _world.RunOut();

        _world.Alice.Heard.ShouldBe(["refused 440", "ended Refused"]);
    }

    [Fact]
    public void The_owner_may_take_a_forwarded_call_back()
    {
        _world.Bob.Owner.OnNew = Ring;
        _world.Carol.Owner.OnNew = Ring;
        _world.Dave.Owner.OnNew = Ring;
        _world.Invite();
        _world.Run(1_000);
        _world.Proxied!.Cancel(480, "SIP;cause=480"u8).ShouldBeTrue();
        _world.RunOut();

        _world.Alice.Heard[^2..].ShouldBe(["refused 480", "ended Refused"]);
        _world.Proxied.Cancel(480, default).ShouldBeFalse();
    }

    private static Action<IncomingCall> Final(int statusCode) =>
        statusCode < 400 ? call => call.Redirect(statusCode, "<sip:x@192.0.2.77>"u8) : Refuse(statusCode);

    private void Invite(int breadth) =>
        _world.Alice.Calls.Invite(
            _world.Alice.To(_world.Edge.Node) with
            {
                Headers = [new HeaderField(HeaderId.MaxBreadth, $"{breadth}")],
            },
            _world.Alice.Owner
        );
}
