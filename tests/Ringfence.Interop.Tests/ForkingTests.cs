using Ringfence.Interop.Tests.Peers;

namespace Ringfence.Interop.Tests;

/// <summary>Forking through the edge to SIPp callees: the 6xx rule, one target after another, 199, and an answer that crosses.</summary>
public sealed class ForkingTests
{
    private const string Unwanted = "Reason: SIP;cause=607;text=\"Unwanted\"";
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(100);

    private static SippScript Ringing =>
        new SippScript()
            .ExpectRequest("INVITE")
            .Reply("183 Session Progress", withSdp: true)
            .ExpectRequest("CANCEL", "Reason: SIP;cause=607")
            .Reply("200 OK")
            .ReplyToInvite("487 Request Terminated")
            .ExpectRequest("ACK");

    private static SippScript Refusing(string status, int after, params string[] headers) =>
        new SippScript()
            .ExpectRequest("INVITE")
            .Reply("180 Ringing")
            .Pause(after)
            .Reply(status, true, false, headers)
            .ExpectRequest("ACK");

    [Fact]
    public async Task A_607_of_one_target_takes_the_others_back_and_is_all_that_the_caller_gets()
    {
        Sipp.Need();
        using TestFolder folder = new();
        int[] ports = [FreePort.Next(), FreePort.Next(), FreePort.Next()];
        using RunningEdge edge = await StartAsync(folder, ports, "parallel");
        using SippRun one = await Sipp.CalleeAsync(folder, Ringing, ports[0]);
        using SippRun two = await Sipp.CalleeAsync(folder, Ringing, ports[1]);
        using SippRun unwanted = await Sipp.CalleeAsync(folder, Refusing("607 Unwanted", 500, Unwanted), ports[2]);
        using SippRun caller = Sipp.Caller(
            folder,
            new SippScript()
                .Invite()
                .MayRing()
                .Expect(607, matching: ["Reason: SIP;cause=607;text=\"Unwanted\""])
                .AckRefusal()
                .Pause(1_000),
            edge.Port
        );
        await caller.SucceedsAsync(() => edge.Output + unwanted.Trouble);
        await one.SucceedsAsync(() => edge.Output);
        await two.SucceedsAsync(() => edge.Output);
        await unwanted.SucceedsAsync(() => edge.Output);

        SippMessage refusal = unwanted.Messages.First(message => message is { IsSent: true, Step: "607" });
        foreach (SippRun other in (SippRun[])[one, two])
        {
            SippMessage cancel = other.Messages.Single(message => message is { IsSent: false, Step: "CANCEL" });
            (cancel.At - refusal.At).ShouldBeInRange(TimeSpan.Zero, AtOnce);
        }

        SippMessage[] heard = [.. caller.Messages.Where(message => !message.IsSent)];
        heard.Count(message => message.Step == "607").ShouldBe(1);
        heard.Count(message => message.Step[0] is >= '2' and <= '6').ShouldBe(1);
        heard[^1].Step.ShouldBe("607");
        heard.ShouldContain(message => message.Step == "183");
    }

    [Fact]
    public async Task After_486_the_next_target_is_tried()
    {
        Sipp.Need();
        using TestFolder folder = new();
        int[] ports = [FreePort.Next(), FreePort.Next()];
        using RunningEdge edge = await StartAsync(folder, ports, "sequential");
        using SippRun busy = await Sipp.CalleeAsync(folder, Refusing("486 Busy Here", 50), ports[0]);
        using SippRun answering = await Sipp.CalleeAsync(folder, Answering, ports[1]);
        using SippRun caller = Sipp.Caller(folder, Talking, edge.Port);

        await caller.SucceedsAsync(() => edge.Output);
        await busy.SucceedsAsync(() => edge.Output);
        await answering.SucceedsAsync(() => edge.Output);
    }

    [Fact]
    public async Task After_607_no_other_target_is_tried()
    {
        Sipp.Need();
        using TestFolder folder = new();
        int[] ports = [FreePort.Next(), FreePort.Next()];
        using RunningEdge edge = await StartAsync(folder, ports, "sequential");
        using SippRun unwanted = await Sipp.CalleeAsync(folder, Refusing("607 Unwanted", 50, Unwanted), ports[0]);
        using SippRun untouched = await Sipp.CalleeAsync(folder, Answering, ports[1]);
        using SippRun caller = Sipp.Caller(
            folder,
            new SippScript()
                .Invite()
                .MayRing()
                .Expect(607, matching: ["Reason: SIP;cause=607"])
                .AckRefusal()
                .Pause(500),
            edge.Port
        );

        await caller.SucceedsAsync(() => edge.Output);
        await unwanted.SucceedsAsync(() => edge.Output);
        untouched.Received.ShouldBe(0);
    }

    /// <summary>Where a trunk takes 6xx for busy, the refusal of one callee is his own: the next is tried.</summary>
    [Fact]
    public async Task Where_a_trunk_treats_6xx_as_busy_the_next_target_is_tried_after_607()
    {
        Sipp.Need();
        using TestFolder folder = new();
        int[] ports = [FreePort.Next(), FreePort.Next()];
        using RunningEdge edge = await StartAsync(
            folder,
            ports,
            "sequential",
            "trunks: [ { name: callers, from: 127.0.0.1, treat-6xx-as-busy: true } ]"
        );
        using SippRun unwanted = await Sipp.CalleeAsync(folder, Refusing("607 Unwanted", 50, Unwanted), ports[0]);
        using SippRun answering = await Sipp.CalleeAsync(folder, Answering, ports[1]);
        using SippRun caller = Sipp.Caller(folder, Talking, edge.Port);

        await caller.SucceedsAsync(() => edge.Output);
        await unwanted.SucceedsAsync(() => edge.Output);
        await answering.SucceedsAsync(() => edge.Output);
    }

    [Fact]
    public async Task A_200_that_crosses_the_CANCEL_wins()
    {
        Sipp.Need();
        using TestFolder folder = new();
        int[] ports = [FreePort.Next(), FreePort.Next()];
        using RunningEdge edge = await StartAsync(folder, ports, "parallel");

        // The first has picked up when the CANCEL comes; the second refuses for all, and answers for none while the first can.
        SippScript crossing = new SippScript()
            .ExpectRequest("INVITE")
            .Reply("180 Ringing")
            .ExpectRequest("CANCEL")
            .Reply("481 Call/Transaction Does Not Exist")
            .AnswerInvite()
            .ExpectRequest("ACK")
            .ExpectRequest("BYE")
            .Reply("200 OK", tag: false);
        using SippRun first = await Sipp.CalleeAsync(folder, crossing, ports[0]);
        using SippRun unwanted = await Sipp.CalleeAsync(folder, Refusing("607 Unwanted", 300, Unwanted), ports[1]);
        using SippRun caller = Sipp.Caller(folder, Talking, edge.Port);

        await caller.SucceedsAsync(() => edge.Output + first.Trouble);
        await first.SucceedsAsync(() => edge.Output);
        await unwanted.SucceedsAsync(() => edge.Output);
    }

    [Fact]
    public async Task The_end_of_a_failed_branch_is_told_with_199()
    {
        Sipp.Need();
        using TestFolder folder = new();
        int[] ports = [FreePort.Next(), FreePort.Next()];
        using RunningEdge edge = await StartAsync(folder, ports, "parallel");
        using SippRun busy = await Sipp.CalleeAsync(folder, Refusing("486 Busy Here", 200), ports[0]);
        SippScript later = new SippScript()
            .ExpectRequest("INVITE")
            .Pause(800)
            .Reply("200 OK", withSdp: true)
            .ExpectRequest("ACK")
            .ExpectRequest("BYE")
            .Reply("200 OK", tag: false);
        using SippRun answering = await Sipp.CalleeAsync(folder, later, ports[1]);
        SippScript script = new SippScript()
            .Invite("Supported: 199")
            .Expect(100, optional: true)
            .Expect(180)
            .Expect(199, matching: ["Reason: SIP;cause=486"])
            .Expect(200, routes: true)
            .InDialog("ACK", 1)
            .InDialog("BYE", 2)
            .Expect(200);
        using SippRun caller = Sipp.Caller(folder, script, edge.Port);
        await caller.SucceedsAsync(() => edge.Output);

        string Tag(string step) =>
            caller.Messages.First(message => !message.IsSent && message.Step == step).Header("To").Split("tag=")[^1];
        Tag("199").ShouldBe(Tag("180"));
        Tag("199").ShouldNotBe(Tag("200"));
    }

    private static SippScript Answering =>
        new SippScript()
            .ExpectRequest("INVITE")
            .Reply("180 Ringing")
            .Reply("200 OK", withSdp: true)
            .ExpectRequest("ACK")
            .ExpectRequest("BYE")
            .Reply("200 OK", tag: false);

    private static SippScript Talking =>
        new SippScript()
            .Invite()
            .MayRing()
            .Expect(200, routes: true)
            .InDialog("ACK", 1)
            .Pause(100)
            .InDialog("BYE", 2)
            .Expect(200);

    private static Task<RunningEdge> StartAsync(TestFolder folder, int[] ports, string fork, string more = "") =>
        RunningEdge.StartAsync(
            folder,
            FreePort.Next(),
            $$"""
            routes: [ { match: "*", to: [ {{string.Join(
                ", ",
                ports.Select(port => $"\"sip:127.0.0.1:{port}\"")
            )}} ], fork: {{fork}} } ]
            policy: [ { then: progress } ]
            {{more}}
            """
        );
}
