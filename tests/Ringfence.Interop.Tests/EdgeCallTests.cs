using Ringfence.Interop.Tests.Peers;

namespace Ringfence.Interop.Tests;

/// <summary>How calls through the edge go and end, in proxy mode and in gate mode, and what the edge refuses by itself.</summary>
public sealed class EdgeCallTests
{
    private static readonly SippScript Answering = new SippScript()
        .ExpectRequest("INVITE")
        .Reply("180 Ringing")
        .Reply("200 OK", withSdp: true)
        .ExpectRequest("ACK")
        .ExpectRequest("BYE")
        .Reply("200 OK", tag: false);

    [Theory]
    [InlineData("proxy")]
    [InlineData("gate")]
    public async Task Either_side_ends_an_answered_call_and_either_side_can_do_without_it(string mode)
    {
        Sipp.Need();
        using TestFolder folder = new();
        int calleePort = FreePort.Next();
        using RunningEdge edge = await StartAsync(folder, mode, calleePort);

        await new CallWays(folder, edge.Port, calleePort, () => edge.Output).AllGoAsync();
    }

    [Theory]
    [InlineData("proxy")]
    [InlineData("gate")]
    public async Task A_refused_re_INVITE_does_the_call_no_harm(string mode)
    {
        Sipp.Need();
        using TestFolder folder = new();
        int calleePort = FreePort.Next();
        using RunningEdge edge = await StartAsync(folder, mode, calleePort);
        SippScript caller = new SippScript()
            .Invite()
            .MayRing()
            .Expect(200, routes: true)
            .InDialog("ACK", 1)
            .Pause(100)
            .Offer("INVITE", 2, "sendonly")
            .Expect(100, optional: true)
            .Expect(488)
            .InDialog("ACK", 2)
            .Pause(100)
            .InDialog("BYE", 3)
            .Expect(200);
        SippScript callee = new SippScript()
            .ExpectRequest("INVITE")
            .Reply("200 OK", withSdp: true)
            .ExpectRequest("ACK")
            .ExpectRequest("INVITE")
            .Reply("488 Not Acceptable Here", tag: false)
            .ExpectRequest("ACK");

        await new CallWays(folder, edge.Port, calleePort, () => edge.Output).GoAsync(
            caller,
            callee.ExpectRequest("BYE").Reply("200 OK", tag: false)
        );
    }

    [Theory]
    [InlineData("proxy", true, 408)]
    [InlineData("gate", true, 480)]
    [InlineData("proxy", false, 408)]
    [InlineData("gate", false, 408)]
    public async Task A_callee_that_does_not_answer_is_given_up(string mode, bool rings, int status)
    {
        Sipp.Need();
        using TestFolder folder = new();
        int calleePort = FreePort.Next();
        using RunningEdge edge = await StartAsync(folder, mode, calleePort, "early-media: { ring-for: 1s }");
        SippScript callee = new SippScript().ExpectRequest("INVITE");
        callee = rings
            ? callee
                .Reply("180 Ringing")
                .ExpectRequest("CANCEL")
                .Reply("200 OK")
                .ReplyToInvite("487 Request Terminated")
                .ExpectRequest("ACK")
            : callee.Pause(2_500);

        await new CallWays(folder, edge.Port, calleePort, () => edge.Output).GoAsync(
            new SippScript().Invite().MayRing().Expect(status).AckRefusal(),
            callee
        );
    }

    [Fact]
    public async Task A_number_without_a_route_gets_404_and_a_stranger_403()
    {
        Sipp.Need();
        using TestFolder folder = new();
        using RunningEdge edge = await RunningEdge.StartAsync(
            folder,
            FreePort.Next(),
            """
            trunks: [ { name: callers, from: 127.0.0.1 } ]
            routes: [ { match: "+44*", to: [ "sip:127.0.0.1:9" ] } ]
            policy: [ { then: progress } ]
            """
        );
        using SippRun lost = Sipp.Caller(folder, Refused(404), edge.Port);
        await lost.SucceedsAsync(() => edge.Output);
        await edge.ReloadAsync(
            "trunks: [ { name: elsewhere, from: 192.0.2.1 } ]\npolicy: [ { then: progress } ]",
            "was read anew"
        );
        using SippRun stranger = Sipp.Caller(folder, Refused(403), edge.Port);
        await stranger.SucceedsAsync(() => edge.Output);
    }

    [Fact]
    public async Task Calls_over_the_rate_get_503_with_Retry_After()
    {
        Sipp.Need();
        using TestFolder folder = new();
        using RunningEdge edge = await RunningEdge.StartAsync(
            folder,
            FreePort.Next(),
            """
            trunks: [ { name: callers, from: 127.0.0.1, rate: 1/s } ]
            policy: [ { then: progress } ]
            """
        );
        // Within the rate there is no route for the number; over it nobody looks.
        using SippRun caller = Sipp.Caller(
            folder,
            new SippScript().Invite().Expect(100, optional: true).Expect(404).AckRefusal(),
            edge.Port
        );
        await caller.SucceedsAsync(() => edge.Output);
        using RawCaller flood = new(edge.Port);
        flood.Refused(20, acknowledge: true, TimeSpan.FromSeconds(20)).ShouldBe(20);
        using SippRun over = Sipp.Caller(folder, Refused(503, "Retry-After: [0-9]+"), edge.Port);
        await over.SucceedsAsync(() => edge.Output);
    }

    [Theory]
    [InlineData("gate")]
    public async Task A_draining_edge_refuses_new_calls_and_lets_those_that_are_up_end(string mode)
    {
        Sipp.Need();
        using TestFolder folder = new();
        int calleePort = FreePort.Next();
        using RunningEdge edge = await StartAsync(folder, mode, calleePort);
        using SippRun callee = await Sipp.CalleeAsync(folder, Answering, calleePort);
        SippScript talking = new SippScript()
            .Invite()
            .MayRing()
            .Expect(200, routes: true)
            .InDialog("ACK", 1)
            .Pause(2_500)
            .InDialog("BYE", 2)
            .Expect(200);
        using SippRun caller = Sipp.Caller(folder, talking, edge.Port);
        await caller.SentAsync("ACK");

        await edge.DrainAsync();
        await edge.SaysAsync("Ending");
        using SippRun late = Sipp.Caller(folder, Refused(503, "Retry-After: [0-9]+"), edge.Port);
        await late.SucceedsAsync(() => edge.Output);
        await caller.SucceedsAsync(() => edge.Output);
        await callee.SucceedsAsync(() => edge.Output);
        (await edge.EndAsync(TimeSpan.FromSeconds(20))).ShouldBe(0, edge.Output);
    }

    [Fact]
    public async Task A_reload_takes_a_good_file_and_leaves_a_bad_one()
    {
        Sipp.Need();
        using TestFolder folder = new();
        using RunningEdge edge = await RunningEdge.StartAsync(
            folder,
            FreePort.Next(),
            "policy: [ { owner: user, then: refuse 607 } ]"
        );
        await ExpectAsync(607);
        await edge.ReloadAsync("policy: [ { owner: operator, then: refuse 603 } ]", "was read anew");
        await ExpectAsync(603);
        await edge.ReloadAsync("policy: [ { then: refuse 99 } ]\nroutes: 7", "is not used because of its mistakes");
        await ExpectAsync(603);

        async Task ExpectAsync(int status)
        {
            using SippRun caller = Sipp.Caller(folder, Refused(status), edge.Port);
            await caller.SucceedsAsync(() => edge.Output);
        }
    }

    private static SippScript Refused(int status, params string[] matching) =>
        new SippScript().Invite().Expect(100, optional: true).Expect(status, matching: matching).AckRefusal();

    private static Task<RunningEdge> StartAsync(TestFolder folder, string mode, int target, string more = "") =>
        RunningEdge.StartAsync(
            folder,
            FreePort.Next(),
            $$"""
            trunks: [ { name: callers, from: 127.0.0.1, mode: {{mode}} } ]
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{target}}" ] } ]
            policy: [ { then: progress } ]
            {{more}}
            """
        );
}
