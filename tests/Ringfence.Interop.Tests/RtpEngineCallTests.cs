using System.Net;
using System.Net.Sockets;
using System.Text;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Sip.Calls;

namespace Ringfence.Interop.Tests;

/// <summary>Calls of SIPp through the running edge, whose trunk's media goes through rtpengine itself.</summary>
public sealed class RtpEngineCallTests
{
    [Fact]
    public async Task However_a_call_ends_it_leaves_nothing_at_rtpengine()
    {
        Sipp.Need();
        Peers.RtpEngine.Need();
        using TestFolder folder = new();
        int ng = FreePort.Next();
        int calleePort = FreePort.Next();
        using ForeignProgram rtpEngine = await Peers.RtpEngine.StartAsync(folder, ng);
        using RunningEdge edge = await StartAsync(folder, calleePort, ng, "refuse");
        await using SipNode callee = PlainCallee.Open(calleePort, answerAfter: 2_000);

        await CallAsync(folder, edge);
        await EmptyAsync(ng);
        SippScript cancels = new SippScript()
            .Invite()
            .Expect(100, optional: true)
            .Expect(183)
            .Pause(100)
            .Cancel()
            .ExpectCancelled();
        using (SippRun cancelling = Sipp.Caller(folder, cancels, edge.Port))
        {
            await cancelling.SucceedsAsync(() => edge.Output);
        }

        await EmptyAsync(ng);

        // A call that stands when the edge ends is deleted too.
        using SippRun caller = Sipp.Caller(
            folder,
            new SippScript().Invite().MayRing().Expect(200, routes: true).InDialog("ACK", 1).Pause(30_000),
            edge.Port
        );
        await StandingAsync(ng);
        await edge.DrainAsync();
        await edge.SaysAsync("Ending: new calls");
        // Asked twice, it does not wait for calls.
        await edge.DrainAsync();
        await EmptyAsync(ng);
    }

    [Fact]
    public async Task Without_rtpengine_calls_get_503_until_it_is_there()
    {
        Sipp.Need();
        Peers.RtpEngine.Need();
        using TestFolder folder = new();
        int ng = FreePort.Next();
        int calleePort = FreePort.Next();
        using RunningEdge edge = await StartAsync(folder, calleePort, ng, "refuse");
        await edge.SaysAsync("does not answer");
        using (
            SippRun refused = Sipp.Caller(
                folder,
                new SippScript().Invite().Expect(100, optional: true).Expect(503).AckRefusal(),
                edge.Port
            )
        )
        {
            await refused.SucceedsAsync(() => edge.Output);
        }

        using ForeignProgram rtpEngine = await Peers.RtpEngine.StartAsync(folder, ng);
        await edge.SaysAsync($"{ng} answers");
        await using SipNode callee = PlainCallee.Open(calleePort, answerAfter: 100);
        await CallAsync(folder, edge);
        await EmptyAsync(ng);
    }

    [Fact]
    public async Task Without_rtpengine_plain_callers_are_served_where_the_trunk_says_so()
    {
        Sipp.Need();
        using TestFolder folder = new();
        int calleePort = FreePort.Next();
        using RunningEdge edge = await StartAsync(folder, calleePort, FreePort.Next(), "own");

        await using SipNode callee = PlainCallee.Open(calleePort, answerAfter: 100);
        await CallAsync(folder, edge);

        await edge.SaysAsync("goes without rtpengine");
    }

    private static async Task CallAsync(TestFolder folder, RunningEdge edge)
    {
        SippScript script = new SippScript()
            .Invite()
            .MayRing()
            .Expect(200, routes: true)
            .InDialog("ACK", 1)
            .Pause(100)
            .InDialog("BYE", 2)
            .Expect(200);
        using SippRun caller = Sipp.Caller(folder, script, edge.Port);
        await caller.SucceedsAsync(() => edge.Output);
    }

    private static Task<RunningEdge> StartAsync(TestFolder folder, int calleePort, int ng, string whenAway) =>
        RunningEdge.StartAsync(
            folder,
            FreePort.Next(),
            $$"""
            trunks: [ { name: callers, from: 127.0.0.1, mode: gate, media: rtpengine, when-away: {{whenAway}} } ]
            rtpengine: { at: "127.0.0.1:{{ng}}" }
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{calleePort}}" ] } ]
            policy: [ { then: progress } ]
            """
        );

    /// <summary>rtpengine has no call left: deletions are not waited for by calls.</summary>
    private static Task EmptyAsync(int ng) =>
        UntilAsync(ng, calls => calls.EndsWith("5:callsle6:result2:oke", StringComparison.Ordinal));

    private static Task StandingAsync(int ng) =>
        UntilAsync(ng, calls => calls.Contains("ringfence-", StringComparison.Ordinal));

    private static async Task UntilAsync(int ng, Predicate<string> isSo)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        using UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Connect(IPAddress.Loopback, ng);
        string calls = "";
        for (int i = 0; i < 500; i++)
        {
            // A cookie that was there before gets the reply that was there before.
            await socket.SendAsync(Encoding.ASCII.GetBytes($"{Guid.NewGuid():N} d7:command4:liste"), token);
            calls = Encoding.ASCII.GetString((await socket.ReceiveAsync(token)).Buffer);
            if (isSo(calls))
            {
                return;
            }

            await Task.Delay(20, token);
        }

        Assert.Fail(calls);
    }
}
