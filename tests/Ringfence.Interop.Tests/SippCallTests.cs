using Ringfence.Edge.Storage;
using Ringfence.Interop.Tests.Peers;

namespace Ringfence.Interop.Tests;

/// <summary>SIPp calls SIPp through the running edge.</summary>
public sealed class SippCallTests
{
    private const int Calls = 2_000;
    private const int Rate = 250;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_thousand_calls_go_through_the_proxy(bool tcp)
    {
        Sipp.Need();
        using TestFolder folder = new();
        int edgePort = FreePort.Next();
        int calleePort = FreePort.Next();
        using RunningEdge edge = await RunningEdge.StartAsync(
            folder,
            edgePort,
            $$"""
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{calleePort}}{{(tcp ? ";transport=tcp" : "")}}" ] } ]
            policy: [ { then: progress } ]
            """
        );
        // It waits for one call more: a callee that has gone does not answer a BYE whose 200 was lost.
        using ForeignProgram callee = Sipp.Callee(folder, "uas_call", calleePort, Calls + 1, tcp);
        using ForeignProgram caller = Sipp.Caller(folder, "uac_call", "+33180001000", edgePort, Calls, Rate, tcp);

        (await caller.EndAsync(TimeSpan.FromSeconds(90))).ShouldBe(0, caller.Output + callee.Output + edge.Output);
        await edge.StopAsync();
        using CallRecordStore records = CallRecordStore.Open(edge.Database);
        records.Latest(Calls + 1).Count(record => record is { StatusCode: 200, Mode: "proxy" }).ShouldBe(Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_thousand_unwanted_calls_get_607(bool tcp)
    {
        Sipp.Need();
        using TestFolder folder = new();
        int edgePort = FreePort.Next();
        using RunningEdge edge = await RunningEdge.StartAsync(
            folder,
            edgePort,
            """
            lists: [ { name: blocked, numbers: [ "+33900*" ] } ]
            policy:
              - { name: blocked, owner: user, when: { caller-in: blocked }, then: refuse 607, because: "blocked by the called party" }
              - { then: progress }
            """
        );
        using ForeignProgram caller = Sipp.Caller(folder, "uac_refused", "+33180001000", edgePort, Calls, Rate, tcp);

        (await caller.EndAsync(TimeSpan.FromSeconds(90))).ShouldBe(0, caller.Output + edge.Output);
        await edge.StopAsync();
        using CallRecordStore records = CallRecordStore.Open(edge.Database);
        IReadOnlyList<CallRecord> latest = records.Latest(Calls + 1);
        latest.Count(record => record is { StatusCode: 607, Verdict: "Refuse" }).ShouldBe(Calls);
        latest[0].Reasons.ShouldContain("blocked by the called party");
    }
}
