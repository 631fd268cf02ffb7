using Ringfence.Interop.Tests.Peers;

namespace Ringfence.Interop.Tests;

/// <summary>What two SIPps ask each other within a call through the edge: hold and resume, UPDATE, INFO, transfer, refreshes.</summary>
public sealed class MidCallTests
{
    private const string Updating = "Allow: INVITE, ACK, BYE, CANCEL, UPDATE";
    private const string Plain = "Allow: INVITE, ACK, BYE, CANCEL";

    [Theory]
    [InlineData("gate")]
    [InlineData("proxy")]
    public Task Hold_and_resume_by_re_INVITE(string mode) =>
        GoAsync(
            mode,
            "",
            caller =>
                caller
                    .Offer("INVITE", 2, "sendonly")
                    .Expect(100, optional: true)
                    .Expect(200, matching: ["CSeq: 2 INVITE", "a=recvonly"])
                    .InDialog("ACK", 2)
                    .Pause(100)
                    .Offer("INVITE", 3, "sendrecv")
                    .Expect(100, optional: true)
                    .Expect(200, matching: ["CSeq: 3 INVITE", "a=sendrecv"])
                    .InDialog("ACK", 3),
            callee =>
                callee
                    .ExpectRequest("INVITE", "a=sendonly")
                    .ReplyAnswer("recvonly")
                    .ExpectRequest("ACK")
                    .ExpectRequest("INVITE", "a=sendrecv")
                    .ReplyAnswer("sendrecv")
                    .ExpectRequest("ACK")
        );

    [Theory]
    [InlineData("gate")]
    [InlineData("proxy")]
    public Task Hold_by_UPDATE(string mode) =>
        GoAsync(
            mode,
            "",
            caller => caller.Offer("UPDATE", 2, "sendonly").Expect(200, matching: ["CSeq: 2 UPDATE", "a=recvonly"]),
            callee => callee.ExpectRequest("UPDATE", "a=sendonly").ReplyAnswer("recvonly"),
            Updating
        );

    [Fact]
    public Task An_UPDATE_is_a_re_INVITE_for_a_callee_that_takes_none() =>
        GoAsync(
            "gate",
            "",
            caller => caller.Offer("UPDATE", 2, "sendonly").Expect(200, matching: ["CSeq: 2 UPDATE", "a=recvonly"]),
            callee => callee.ExpectRequest("INVITE", "a=sendonly").ReplyAnswer("recvonly").ExpectRequest("ACK"),
            Plain
        );

    [Theory]
    [InlineData("gate")]
    [InlineData("proxy")]
    public Task INFO_goes_through(string mode) =>
        GoAsync(
            mode,
            "",
            caller => caller.InDialog("INFO", 2, false, "Info-Package: x").Expect(200, matching: ["CSeq: 2 INFO"]),
            callee => callee.ExpectRequest("INFO", "Info-Package: x").Reply("200 OK", tag: false)
        );

    [Fact]
    public Task REFER_is_refused_in_the_gate_unless_the_trunk_passes_it() =>
        GoAsync(
            "gate",
            "",
            caller =>
                caller
                    .InDialog("REFER", 2, false, "Refer-To: <sip:carol@127.0.0.1>")
                    .Expect(403, matching: ["REFER is not passed on"]),
            callee => callee
        );

    [Theory]
    [InlineData("gate", "refer: pass")]
    [InlineData("proxy", "")]
    public Task REFER_passes_where_it_may(string mode, string trunk) =>
        GoAsync(
            mode,
            trunk,
            caller =>
                caller
                    .InDialog("REFER", 2, false, "Refer-To: <sip:carol@127.0.0.1>")
                    .Expect(202, matching: ["CSeq: 2 REFER"]),
            callee => callee.ExpectRequest("REFER", "Refer-To: <sip:carol@127.0.0.1>").Reply("202 Accepted", tag: false)
        );

    /// <summary>Before the callee has answered there is nobody else to ask: the gate answers by itself (RFC 3311 §5.2).</summary>
    [Fact]
    public async Task An_early_UPDATE_is_answered_by_the_gate()
    {
        using var way = await Way.OpenAsync("gate", "");
        await new CallWays(way.Folder, way.Edge.Port, way.CalleePort, () => way.Edge.Output).GoAsync(
            new SippScript()
                .Invite("Require: 100rel", Updating)
                .Expect(100, optional: true)
                .ExpectReliable(183)
                .Prack(2)
                .Expect(200, matching: ["CSeq: 2 PRACK"])
                .InDialog("UPDATE", 3, withSdp: true)
                .Expect(200, matching: ["CSeq: 3 UPDATE", "m=audio"])
                .Offer("UPDATE", 4, "sendonly")
                .Expect(200, matching: ["CSeq: 4 UPDATE", "a=recvonly"])
                .Expect(200, routes: true, matching: ["CSeq: 1 INVITE"])
                .InDialog("ACK", 1)
                .InDialog("BYE", 9)
                .Expect(200),
            new SippScript()
                .ExpectRequest("INVITE")
                .Pause(3_000)
                .Reply("200 OK", withSdp: true)
                .ExpectRequest("ACK")
                .ExpectRequest("BYE")
                .Reply("200 OK", tag: false)
        );
    }

    [Fact]
    public async Task A_session_that_is_too_short_for_the_gate_is_422()
    {
        using var way = await Way.OpenAsync("gate", "");
        using SippRun caller = Sipp.Caller(
            way.Folder,
            new SippScript()
                .Invite("Supported: timer", "Session-Expires: 60")
                .MayRing()
                .Expect(422, matching: ["Min-SE: 90"])
                .AckRefusal(),
            way.Edge.Port
        );
        await caller.SucceedsAsync(() => way.Edge.Output);
    }

    [Fact]
    public Task The_gate_agrees_on_a_session_timer_with_each_leg() =>
        GoAsync(
            "gate",
            "session-timer: 15m",
            caller =>
                caller
                    .InDialog("UPDATE", 2, false, "Supported: timer", "Session-Expires: 900;refresher=uac")
                    .Expect(200, matching: ["CSeq: 2 UPDATE", "Session-Expires: 900;refresher=uac", "Require: timer"]),
            callee => callee,
            invite: "Session-Expires: 900"
        );

    /// <summary>RFC 4028 §10: whoever has agreed to refreshes when half of the time is over.</summary>
    [Fact]
    public async Task The_gate_refreshes_a_session_of_90_seconds_after_45()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("RINGFENCE_LONG") == "1",
            "skipped: takes 45 s; RINGFENCE_LONG=1 runs it"
        );
        using var way = await Way.OpenAsync("gate", "session-timer: 90s");
        using SippRun callee = await Sipp.CalleeAsync(
            way.Folder,
            new SippScript()
                .ExpectRequest("INVITE", "Session-Expires: 90")
                .Reply("200 OK", withSdp: true)
                .ExpectRequest("ACK")
                .Pause(20_000)
                .ExpectRequest("BYE")
                .Reply("200 OK", tag: false),
            way.CalleePort
        );
        using SippRun caller = Sipp.Caller(
            way.Folder,
            new SippScript()
                .Invite(Updating, "Supported: timer", "Session-Expires: 90;refresher=uas")
                .MayRing()
                .Expect(200, routes: true, matching: ["Session-Expires: 90;refresher=uas"])
                .InDialog("ACK", 1)
                .Pause(20_000)
                .ExpectRequest("UPDATE", "Session-Expires: 90;refresher=uac")
                .Reply(
                    "200 OK",
                    tag: false,
                    headers: ["Require: timer", "Session-Expires: 90;refresher=uac"]
                )
                .InDialog("BYE", 9)
                .Expect(200),
            way.Edge.Port
        );
        await caller.SucceedsAsync(() => way.Edge.Output + callee.Trouble, seconds: 80);
        await callee.SucceedsAsync();
        SippMessage[] messages = caller.Messages;
        TimeSpan waited = messages.First(message => message.Step == "UPDATE").At - messages.First(message => message.Step == "ACK").At;
        waited.TotalSeconds.ShouldBeGreaterThan(44);
    }

    private static async Task GoAsync(
        string mode,
        string trunk,
        Func<SippScript, SippScript> caller,
        Func<SippScript, SippScript> callee,
        string allow = Updating,
        string invite = "Session-Expires: "
    )
    {
        using var way = await Way.OpenAsync(mode, trunk);
        await new CallWays(way.Folder, way.Edge.Port, way.CalleePort, () => way.Edge.Output).GoAsync(
            caller(new SippScript().Invite(allow).MayRing().Expect(200, routes: true).InDialog("ACK", 1).Pause(200))
                .Pause(100)
                .InDialog("BYE", 9)
                .Expect(200),
            callee(
                    (
                        mode == "gate"
                            ? new SippScript().ExpectRequest("INVITE", invite)
                            : new SippScript().ExpectRequest("INVITE")
                    )
                        .Reply("200 OK", withSdp: true, headers: [allow])
                        .ExpectRequest("ACK")
                )
                .ExpectRequest("BYE")
                .Reply("200 OK", tag: false)
        );
    }

    private sealed class Way : IDisposable
    {
        internal TestFolder Folder { get; } = new();

        internal int CalleePort { get; } = FreePort.Next();

        internal RunningEdge Edge { get; private set; } = null!;

        internal static async Task<Way> OpenAsync(string mode, string trunk)
        {
            Sipp.Need();
            var way = new Way();
            string more = trunk.Length == 0 ? "" : $", {trunk}";
            way.Edge = await RunningEdge.StartAsync(
                way.Folder,
                FreePort.Next(),
                $$"""
                trunks: [ { name: callers, from: 127.0.0.1, mode: {{mode}}{{more}} } ]
                routes: [ { match: "*", to: [ "sip:127.0.0.1:{{way.CalleePort}}" ] } ]
                policy: [ { then: progress } ]
                """
            );
            return way;
        }

        public void Dispose()
        {
            Edge.Dispose();
            Folder.Dispose();
        }
    }
}
