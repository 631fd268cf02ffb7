using Ringfence.Sip.Calls;
using Ringfence.Sip.Tests.Calls;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Proxy;

/// <summary>The caller's CANCEL and the callee's answer pass each other at the proxy, in every order: no leg is left alone.</summary>
public class CancelRaceTests
{
    private const int Rounds = 10_000;

    [Theory]
    [InlineData("answer, then CANCEL")]
    [InlineData("CANCEL, then answer")]
    [InlineData("CANCEL overtakes")]
    public void CANCEL_and_answer_may_race_in_any_order(string order)
    {
        var world = new ProxyWorld(5);
        world.Network.Carried = null;
        world.Network.Conditions = new LinkConditions { Delay = 10, Jitter = order == "CANCEL overtakes" ? 10 : 0 };
        world.Bob.Owner.OnNew = call => call.Progress(180, default, Body.None);
        int answered = 0;
        for (int i = 0; i < Rounds; i++)
        {
            OutgoingCall call = world.Invite();
            world.Run(50);
            IncomingCall bob = world.Bob.Owner.Incoming[^1];
            if (order == "answer, then CANCEL")
            {
                bob.Answer(CallSide.Offer).ShouldBeTrue();
                // The 200 takes 20 ms and more to the caller: whatever is said until then is a CANCEL.
                world.Run(i % 19);
                call.End().ShouldBeTrue();
            }
            else
            {
                call.End().ShouldBeTrue();
                world.Run(i % 41);
                bool isOpen = bob.State == CallState.Progressing;
                answered += isOpen ? 1 : 0;
                bob.Answer(CallSide.Offer).ShouldBe(isOpen);
            }

            world.Run(300);
            call.State.ShouldBe(CallState.Ended);
            bob.State.ShouldBe(CallState.Ended);
            if (i % 100 == 99)
            {
                world.Run(40_000);
                world.Bob.Owner.Incoming.Clear();
                world.Told.Clear();
            }
        }

        answered.ShouldBeInRange(order == "answer, then CANCEL" ? 0 : 1, Rounds - 1, "both orders came about");
        world.RunOut();
    }
}
