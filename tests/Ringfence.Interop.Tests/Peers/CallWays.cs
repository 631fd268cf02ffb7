using Ringfence.Sip.Calls;

namespace Ringfence.Interop.Tests.Peers;

/// <summary>The ways in which a call between two SIPps goes through whatever stands between them.</summary>
internal sealed class CallWays(TestFolder folder, int nearest, int calleePort, Func<string> middle)
{
    /// <summary>Each way once, one after another.</summary>
    internal async Task AllGoAsync(string refusal = "486 Busy Here")
    {
        await CallerEndsAsync();
        await CalleeEndsAsync();
        await CallerCancelsAsync();
        await CalleeRefusesAsync(refusal);
    }

    internal Task CallerEndsAsync() =>
        GoAsync(
            new SippScript()
                .Invite()
                .MayRing()
                .Expect(200, routes: true)
                .InDialog("ACK", 1)
                .Pause(100)
                .InDialog("BYE", 2)
                .Expect(200),
            new SippScript()
                .ExpectRequest("INVITE")
                .Reply("180 Ringing")
                .Reply("200 OK", withSdp: true)
                .ExpectRequest("ACK")
                .ExpectRequest("BYE")
                .Reply("200 OK", tag: false)
        );

    internal Task CalleeEndsAsync() =>
        GoAsync(
            new SippScript()
                .Invite()
                .MayRing()
                .Expect(200, routes: true)
                .InDialog("ACK", 1)
                .ExpectRequest("BYE", "Reason: Q.850;cause=16")
                .Reply("200 OK", tag: false),
            new SippScript()
                .ExpectRequest("INVITE")
                .Reply("180 Ringing")
                .Reply("200 OK", withSdp: true)
                .ExpectAckAndKeep()
                .Pause(100)
                .CalleeBye("Reason: Q.850;cause=16")
                .Expect(200)
        );

    /// <summary>
    /// The callee is ours: SIPp cannot answer an INVITE that came by several proxies once it has taken the CANCEL, which has one Via.
    /// </summary>
    internal async Task CallerCancelsAsync()
    {
        await using SipNode callee = PlainCallee.Open(calleePort, answerAfter: 60_000);
        SippScript script = new SippScript()
            .Invite()
            .Expect(100, optional: true)
            .Expect(183)
            .Pause(300)
            .Cancel("Reason: SIP;cause=487;text=\"gone\"")
            .ExpectCancelled();
        using SippRun caller = Sipp.Caller(folder, script, nearest);
        await caller.SucceedsAsync(middle);
        await PlainCallee.EmptyAsync(callee);
    }

    internal Task CalleeRefusesAsync(string refusal) =>
        GoAsync(
            new SippScript()
                .Invite()
                .MayRing()
                .Expect(
                    int.Parse(refusal.AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture),
                    matching: ["Reason: Q.850;cause=17"]
                )
                .AckRefusal(),
            new SippScript()
                .ExpectRequest("INVITE")
                .Reply("180 Ringing")
                .Pause(50)
                .Reply(refusal, headers: ["Reason: Q.850;cause=17"])
                .ExpectRequest("ACK")
        );

    /// <summary>One call, both sides by their scenarios.</summary>
    internal async Task<SippMessage[]> GoAsync(
        SippScript callerScript,
        SippScript calleeScript,
        string called = "+33180001000"
    )
    {
        using SippRun callee = await Sipp.CalleeAsync(folder, calleeScript, calleePort);
        using SippRun caller = Sipp.Caller(folder, callerScript, nearest, called);
        await caller.SucceedsAsync(() => "callee:\n" + callee.Trouble + middle());
        await callee.SucceedsAsync(() => "caller:\n" + caller.Trouble + middle());
        return caller.Messages;
    }
}
