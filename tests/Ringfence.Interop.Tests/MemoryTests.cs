using Ringfence.Interop.Tests.Peers;

namespace Ringfence.Interop.Tests;

/// <summary>What refused, cancelled and never acknowledged calls leave behind in the running process: nothing.</summary>
public sealed class MemoryTests
{
    private const long Allowed = 20 << 20;
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("RINGFENCE_LONG") == "1";

    [Fact]
    public async Task The_process_is_back_where_it_was_after_calls_that_came_to_nothing()
    {
        int scale = IsLong ? 1 : 10;
        using TestFolder folder = new();
        int edgePort = FreePort.Next();
        int calleePort = FreePort.Next();
        using RunningEdge edge = await RunningEdge.StartAsync(
            folder,
            edgePort,
            $$"""
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{calleePort}}" ] } ]
            lists: [ { name: blocked, numbers: [ "+33900*" ] } ]
            policy: [ { owner: user, when: { caller-in: blocked }, then: refuse 607 }, { then: progress } ]
            """
        );
        using ForeignProgram callee = ForeignProgram.Start(
            "dotnet",
            folder.Path,
            TestFolder.Beside("ringfence.dll"),
            "answer",
            "--listen",
            $"udp:127.0.0.1:{calleePort}",
            "--after",
            "120"
        );
        await callee.SaysAsync("ready", TimeSpan.FromSeconds(20));
        using RawCaller caller = new(edgePort);
        TimeSpan minutes = TimeSpan.FromMinutes(4);

        // First half as much of the same: what it leaves is code compiled and tables grown, once for all.
        caller.Refused(50_000 / scale, acknowledge: true, minutes).ShouldBe(50_000 / scale);
        caller.Cancelled(5_000 / scale, minutes).ShouldBe(5_000 / scale);
        caller.Refused(10_000 / scale, acknowledge: false, minutes).ShouldBe(10_000 / scale);
        long before = await SettledAsync(edge);

        caller.Refused(100_000 / scale, acknowledge: true, minutes).ShouldBe(100_000 / scale);
        caller.Cancelled(10_000 / scale, minutes).ShouldBe(10_000 / scale);
        caller.Refused(10_000 / scale, acknowledge: false, minutes).ShouldBe(10_000 / scale);
        long after = await SettledAsync(edge);

        (after - before).ShouldBeLessThan(Allowed, $"{before >> 20} MB before, {after >> 20} MB after");
    }

    /// <summary>Resident memory once every transaction has ended (64·T1) and the heap was given back.</summary>
    private static async Task<long> SettledAsync(RunningEdge edge)
    {
        await Task.Delay(TimeSpan.FromSeconds(45), TestContext.Current.CancellationToken);
        return edge.Resident;
    }
}
