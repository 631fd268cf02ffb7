using Ringfence.Sip.Calls;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Tests.Calls;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Proxy;

/// <summary>Many forked calls through the proxy over a bad network: every call ends and nothing is left behind.</summary>
public class ProxyStormTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Forked_calls_with_loss_duplication_and_reordering_all_end_and_leave_nothing(bool parallel)
    {
        var world = new ProxyWorld(3);
        world.Network.Carried = null;
        world.Network.Conditions = new LinkConditions
        {
            Delay = 5,
            Jitter = 100,
            Loss = 0.1,
            Duplication = 0.1,
        };
        world.Options = new ForwardOptions { Parallel = parallel, RingTimeout = 5_000 };
        world.Targets = [world.Bob, world.Carol, world.Dave];
        var random = new Random(13);
        CallSide[] callees = [world.Bob, world.Carol, world.Dave];
        int[] codes = [404, 486, 503, 607];
        foreach (CallSide callee in callees)
        {
            callee.Owner.OnNew = call =>
            {
                int way = random.Next(8);
                if (way < 4)
                {
                    call.Refuse(codes[way], default);
                }
                else if (call.Progress(180, default, Body.None) && way > 5)
                {
                    call.Answer(CallSide.Offer);
                }
            };
        }

        List<OutgoingCall> calls = [];
        for (int i = 0; i < 1_000; i++)
        {
            calls.Add(world.Invite());
            world.Run(20);
            if (random.Next(4) == 0)
            {
                calls[random.Next(calls.Count)].End();
            }
        }

        world.Run(120_000);
        calls.ForEach(call => call.End());
        foreach (IncomingCall call in callees.SelectMany(callee => callee.Owner.Incoming))
        {
            call.End();
        }

        world.RunOut();
        world.Alice.Owner.Ended.ShouldBe(calls.Count);
        calls.ShouldAllBe(call => call.State == CallState.Ended);
    }
}
