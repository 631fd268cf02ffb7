using Ringfence.Edge.Storage;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Sip.Calls;

namespace Ringfence.Interop.Tests;

/// <summary>CANCEL races through the running edge: callers that give up at any moment around the answer.</summary>
public sealed class CancelRaceTests
{
    private const int Calls = 1_000;
    private const int AtOnce = 50;
    private const int AnswerAfter = 120;

    [Theory]
    [InlineData("proxy")]
    [InlineData("gate")]
    public async Task Every_call_that_is_taken_back_at_random_ends_on_both_sides(string mode)
    {
        using TestFolder folder = new();
        int calleePort = FreePort.Next();
        await using SipNode callee = PlainCallee.Open(calleePort, AnswerAfter);
        using RunningEdge edge = await RunningEdge.StartAsync(
            folder,
            FreePort.Next(),
            $$"""
            trunks: [ { name: callers, from: 127.0.0.1, mode: {{mode}} } ]
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{calleePort}}" ] } ]
            policy: [ { then: progress } ]
            """
        );
        await using SipNode caller = SipNode.Open(SipNodeOptions.At("udp:127.0.0.1:0"));
        Random random = new(7);
        int[] waits = [.. Enumerable.Range(0, Calls).Select(_ => random.Next(2 * AnswerAfter))];
        int answered = 0;

        await Parallel.ForEachAsync(
            waits,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = AtOnce,
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (wait, cancellation) =>
            {
                DialedCall call = caller.Dial(
                    "sip:+33199001234@127.0.0.1",
                    $"sip:+33180001000@127.0.0.1:{edge.Port}",
                    PlainCallee.Sdp
                );
                await Task.Delay(wait, cancellation);
                call.End();
                CallEnd end = await call.Ended.WaitAsync(TimeSpan.FromSeconds(40), cancellation);
                FinalResponse final = await call.Final;
                end.ShouldBeOneOf(final.IsAnswered ? [CallEnd.ByeSent, CallEnd.ByeReceived] : [CallEnd.GivenUp]);
                Interlocked.Add(ref answered, final.IsAnswered ? 1 : 0);
            }
        );

        answered.ShouldBeInRange(1, Calls - 1, "both orders came about");
        await PlainCallee.EmptyAsync(callee);
        await edge.StopAsync();
        using CallRecordStore records = CallRecordStore.Open(edge.Database);
        IReadOnlyList<CallRecord> all = records.Latest(Calls + 1);
        all.Count.ShouldBe(Calls);
        all.ShouldAllBe(record => record.StatusCode == 200 || record.StatusCode == 487);
    }
}
