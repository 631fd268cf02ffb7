using Ringfence.Sip.Calls;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>Many calls over bad networks, and races: every call ends, once, and nothing is left behind.</summary>
public class StormTests
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("RINGFENCE_LONG") == "1" ? 100_000 : 10_000;

    [Theory]
    [InlineData(Reliability.Off)]
    [InlineData(Reliability.Supported)]
    public void Ten_thousand_calls_with_loss_duplication_and_reordering_all_end_and_leave_nothing(
        Reliability reliability
    )
    {
        var world = new CallWorld(7, reliability);
        world.Network.Carried = null;
        world.Network.Conditions = new LinkConditions
        {
            Delay = 5,
            Jitter = 200,
            Loss = 0.15,
            Duplication = 0.1,
        };
        var random = new Random(11);
        world.Bob.Owner.OnNew = call => Decide(call, random.Next(6));
        world.Alice.Owner.OnUp = call => Then(random, () => call.End());
        world.Alice.Owner.OnRinging = (call, _, _) => Then(random, () => call.End());
        const int calls = 10_000;
        for (int i = 0; i < calls; i++)
        {
            OutgoingCall call = world.Alice.Calls.Invite(
                world.Alice.To(world.Bob.Node) with
                {
                    RingTimeout = 20_000 + random.Next(20_000),
                },
                world.Alice.Owner
            );
            Then(random, () => call.End());
            if (i % 100 == 0)
            {
                world.Run(50);
                foreach (IncomingCall incoming in world.Bob.Owner.Incoming)
                {
                    Then(random, () => incoming.End());
                }
            }
        }

        world.Run(100_000);
        // An answered call whose caller no longer cares lives until somebody hangs up.
        world.Bob.Owner.Incoming.ForEach(call => call.End());
        world.RunOut();

        world.Alice.Owner.Ended.ShouldBe(calls);
        world.Bob.Owner.Ended.ShouldBe(world.Bob.Owner.Incoming.Count);
        world.Bob.Owner.Incoming.ShouldAllBe(call => call.State == CallState.Ended);
    }

    [Theory]
    [InlineData("answer, then CANCEL")]
    [InlineData("CANCEL, then answer")]
    [InlineData("CANCEL overtakes")]
    public void CANCEL_and_answer_may_race_in_any_order(string order)
    {
        var world = new CallWorld(5);
        world.Network.Carried = null;
        world.Network.Conditions = new LinkConditions { Delay = 10, Jitter = order == "CANCEL overtakes" ? 10 : 0 };
        world.Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        for (int i = 0; i < Rounds; i++)
        {
            OutgoingCall call = world.Alice.Invite(world.Bob.Node);
            world.Run(50);
            IncomingCall incoming = world.Bob.Owner.Incoming[^1];
            if (order == "answer, then CANCEL")
            {
                incoming.Answer(CallSide.Offer).ShouldBeTrue();
                world.Run(i % 9);
                call.End().ShouldBeTrue();
            }
            else
            {
                call.End().ShouldBeTrue();
                world.Run(i % 21);
                bool isOpen = incoming.State == CallState.Progressing;
                incoming.Answer(CallSide.Offer).ShouldBe(isOpen);
            }

            world.Run(100);
            call.State.ShouldBe(CallState.Ended);
            incoming.State.ShouldBe(CallState.Ended);
            if (i % 100 == 99)
            {
                world.Run(40_000);
                world.Bob.Owner.Incoming.Clear();
                world.Bob.Heard.Clear();
                world.Alice.Heard.ShouldAllBe(heard => heard == "progress 180" || heard == "ended GivenUp");
                world.Alice.Heard.Clear();
            }
        }

        world.RunOut();
        world.Alice.Owner.Ended.ShouldBe(Rounds);
        world.Bob.Owner.Ended.ShouldBe(Rounds);
    }

    private static void Decide(IncomingCall call, int way)
    {
        switch (way)
        {
            case 0:
                call.Refuse(607, default);
                break;
            case 1:
                call.Answer(CallSide.Offer);
                break;
            case 2:
                call.Progress(183, default, CallSide.Offer);
                call.Answer(CallSide.Offer);
                break;
            case 3:
                call.Progress(180, default, Body.None);
                break;
            case 4:
                call.Redirect(302, "<sip:x@192.0.2.77>"u8);
                break;
        }
    }

    private static void Then(Random random, Func<bool> act)
    {
        if (random.Next(3) == 0)
        {
            act();
        }
    }
}
