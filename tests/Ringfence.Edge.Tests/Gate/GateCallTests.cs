using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>What the gate does with each part of SIP, on a clock that is turned by hand.</summary>
public sealed class GateCallTests
{
    [Fact]
    public async Task A_caller_on_hold_is_told_to_the_callee_and_the_relay_keeps_its_ports()
    {
        await using var world = new GateWorld();
        world.Up();
        world.OnAsked = request => request.Answer(200, default, GateWorld.Sdp("recvonly", 2));
        world.Alice.Send(SipMethod.Invite, GateWorld.Sdp("sendonly", 2), world).ShouldBeTrue();
        world.Run(200);

        world.Completed.ShouldBe(["Invite 200"]);
        string toBob = world.Sent(">B INVITE");
        toBob.ShouldContain("a=sendonly");
        toBob.ShouldNotContain("m=audio 9 ");
        world.Sent(">A 200").ShouldContain("a=recvonly");

        world.OnAsked = request => request.Answer(200, default, GateWorld.Sdp("sendrecv", 3));
        world.Alice.Send(SipMethod.Invite, GateWorld.Sdp("sendrecv", 3), world).ShouldBeTrue();
        world.Run(200);
        world.Sent(">A 200", 1).ShouldContain("a=sendrecv");
        // One session, described anew each time (RFC 3264 §8).
        Origin(world.Sent(">A 200", 1)).ShouldBe(Origin(world.Sent(">A 200")) + 1);
        Port(world.Sent(">A 200", 1)).ShouldBe(Port(world.Sent(">A 200")));
        world.Alice.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_re_INVITE_without_an_offer_takes_the_call_from_hold()
    {
        await using var world = new GateWorld();
        world.Up();
        world.OnAsked = request => request.Answer(200, default, GateWorld.Sdp("recvonly", 2));
        world.Alice.Send(SipMethod.Invite, GateWorld.Sdp("sendonly", 2), world).ShouldBeTrue();
        world.Run(200);
        world.OnAsked = request => request.Answer(200, default, GateWorld.Sdp("sendrecv", 3));
        world.Alice.Send(SipMethod.Invite, Body.None, new Answering()).ShouldBeTrue();
        world.Run(300);

        world.Sent(">A 200", 1).ShouldContain("a=sendrecv");
        world.Sent(">B INVITE", 1).ShouldContain("a=sendrecv");
        world.Alice.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task An_offer_that_the_callee_refuses_leaves_the_call_as_it_was()
    {
        await using var world = new GateWorld();
        world.Up();
        world.OnAsked = request => request.Answer(488, default, Body.None);
        world.Alice.Send(SipMethod.Invite, GateWorld.Sdp("sendonly", 2), world).ShouldBeTrue();
        world.Run(200);
        world.Completed.ShouldBe(["Invite 488"]);
        world.Alice.State.ShouldBe(CallState.Confirmed);
    }

    [Fact]
    public async Task An_early_UPDATE_is_answered_by_the_gate_itself()
    {
        await using var world = new GateWorld();
        world.OnCallee = call => call.Progress(180, default, Body.None);
        world.Call();
        world.Run(200);
        world
            .Alice.Send(world.Alice.EarlyDialogs[0], SipMethod.Update, GateWorld.Sdp("sendonly", 2), world)
            .ShouldBeTrue();
        world.Run(200);
        world.Completed.ShouldBe(["Update 200"]);
        world.Steps.ShouldNotContain(">B UPDATE");
        world.Sent(">A 200", 1).ShouldContain("a=recvonly");
        world.Alice.End();
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData("100rel: off", Reliability.Supported, 0, false)]
    [InlineData("100rel: off", Reliability.Required, 420, false)]
    [InlineData("", Reliability.Off, 0, false)]
    [InlineData("", Reliability.Supported, 0, true)]
    [InlineData("100rel: required", Reliability.Supported, 0, true)]
    [InlineData("100rel: required", Reliability.Off, 421, false)]
    public async Task Reliable_responses_are_a_matter_of_the_trunk(
        string trunk,
        Reliability caller,
        int refusal,
        bool isReliable
    )
    {
        await using var world = new GateWorld(
            trunk,
            alice: new CallOptions { Reliability = caller },
            bob: new CallOptions { Reliability = caller }
        );
        world.Call();
        if (refusal > 0)
        {
            world.Completed.ShouldBe([$"refused {refusal}"]);
            world.Sent($">A {refusal}").ShouldContain(refusal == 420 ? "Unsupported: 100rel" : "Require: 100rel");
            world.Steps.ShouldNotContain(">B INVITE");
        }
        else
        {
            world.Sent(">A 183").Contains("RSeq:", StringComparison.Ordinal).ShouldBe(isReliable);
            world.Steps.Contains("A> PRACK").ShouldBe(isReliable);
        }
    }

    [Theory]
    [InlineData(Reliability.Off, 60_000)]
    [InlineData(Reliability.Supported, 150_000)]
    public async Task A_call_that_rings_for_long_is_kept_alive(Reliability caller, int every)
    {
        await using var world = new GateWorld(alice: new CallOptions { Reliability = caller });
        world.OnCallee = call => call.Progress(180, default, Body.None);
        world.Call();
        world.Run(320_000);
        long[] at = [.. world.Wire.Where(message => message.Step == ">A 183").Select(message => message.At)];
        at.Length.ShouldBe(1 + (320_000 / every), string.Join(' ', at));
        for (int i = 1; i < at.Length; i++)
        {
            (at[i] - at[i - 1]).ShouldBeInRange(every - 50, every + 50);
        }

        world.Alice.End();
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData("gate")]
    [InlineData("proxy")]
    public async Task An_unknown_1xx_of_the_callee_is_a_183_and_a_199_ends_nothing(string mode)
    {
        await using var world = new GateWorld(mode: mode);
        world.OnCallee = call =>
        {
            call.Reliability = Reliability.Off;
            call.Progress(187, "Strange"u8, GateWorld.Sdp());
            call.Progress(199, default, Body.None);
        };
        world.Call();
        // The proxy passes on what it is told; a caller takes it for a 183 (RFC 3261 §8.1.3.2).
        world.Steps.Contains(">A 187").ShouldBe(mode == "proxy");
        world.Steps.Contains(">A 183").ShouldBe(mode == "gate");
        world.Steps.Contains(">A 199").ShouldBe(mode == "proxy");
        world.Bob!.Answer(GateWorld.Sdp());
        world.Run(200);
        world.Alice.State.ShouldBe(CallState.Confirmed);
    }

    [Fact]
    public async Task Each_leg_has_its_own_session_timer()
    {
        await using var world = new GateWorld(
            "session-timer: 10m",
            alice: new CallOptions { Reliability = Reliability.Off },
            bob: new CallOptions { SessionExpires = 1200 }
        );
        world.OnCallee = call => call.Answer(GateWorld.Sdp());
        world.Call();
        world.Sent(">A 200").ShouldContain("Session-Expires: 600;refresher=uas");
        world.Sent(">B INVITE").ShouldContain("Session-Expires: 600");
        world.Run(301_000);
        world.Steps.Count(step => step == ">A UPDATE").ShouldBe(1);
        world.Steps.Count(step => step == ">B UPDATE").ShouldBe(1);
        world.Run(3_600_000);
        world.Alice.State.ShouldBe(CallState.Confirmed);
        world.Alice.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_caller_that_vanishes_ends_the_callee_with_a_reason()
    {
        await using var world = new GateWorld("session-timer: 10m");
        world.Up();
        world.OnAsked = request => request.Answer(request.From.Port == 5060 ? 481 : 200, default, Body.None);
        world.Run(400_000);
        world.Steps.ShouldContain(">B BYE");
    }

    [Fact]
    public async Task REFER_is_refused_with_a_sentence()
    {
        await using var world = new GateWorld();
        world.Up();
        world.Alice.Send(SipMethod.Refer, Body.None, world, new HeaderField(HeaderId.ReferTo, "<sip:c@127.0.0.1>"));
        world.Run(200);
        world.Completed.ShouldBe(["Refer 403"]);
        world.Sent(">A 403").ShouldContain("Warning: 399 ringfence \"REFER is not passed on here\"");
    }

    [Fact]
    public async Task Session_ID_goes_through_the_gate()
    {
        await using var world = new GateWorld();
        const string id = "aaaabbbbccccddddeeeeffff00001111";
        world.OnCallee = call => call.Answer(GateWorld.Sdp());
        world.Call(null, new HeaderField(HeaderId.SessionId, $"{id};remote={new string('0', 32)}"));
        world.Run(200);
        world.Sent(">B INVITE").ShouldContain($"Session-ID: {id};remote=");
        world.Sent(">A 200").ShouldContain($";remote={id}");
    }

    private static int Origin(string message) =>
        int.Parse(message.Split("\r\no=- ")[1].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static string Port(string message) => message.Split("m=audio ")[1].Split(' ')[0];

    private sealed class Answering : IRequestListener
    {
        public void OnCompleted(Call call, SipMethod method, int statusCode, SipResponse? response) { }

        public Body OnOffered(Call call, SipResponse response) => GateWorld.Sdp("sendrecv", 4);
    }
}
