using Ringfence.Sip.Calls;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>The caller's CANCEL and the callee's answer pass each other within the gate, in every order: no leg is left alone.</summary>
public sealed class GateRaceTests
{
    private const int Rounds = 10_000;

    [Theory]
    [InlineData("answer, then CANCEL")]
    [InlineData("CANCEL, then answer")]
    [InlineData("CANCEL overtakes")]
    public async Task CANCEL_and_answer_may_race_in_any_order(string order)
    {
        await using var world = new GateWorld();
        world.Conditions = new LinkConditions { Delay = 10, Jitter = order == "CANCEL overtakes" ? 10 : 0 };
        world.OnCallee = call => call.Progress(180, default, Body.None);
        for (int i = 0; i < Rounds; i++)
        {
            world.Call();
            IncomingCall bob = world.Bob.ShouldNotBeNull();
            if (order == "answer, then CANCEL")
            {
                bob.Answer(GateWorld.Sdp()).ShouldBeTrue();
                // The 200 takes 20 ms and more to the caller: whatever is said until then is a CANCEL.
                world.Run(i % 19);
                world.Alice.End().ShouldBeTrue();
            }
            else
            {
                world.Alice.End().ShouldBeTrue();
                world.Run(i % 41);
                bool isOpen = bob.State == CallState.Progressing;
                bob.Answer(GateWorld.Sdp()).ShouldBe(isOpen);
            }

            world.Run(300);
            world.Alice.State.ShouldBe(CallState.Ended);
            bob.State.ShouldBe(CallState.Ended);
            world.FreePorts();
            if (i % 100 == 99)
            {
                world.Run(40_000);
                world.Wire.Clear();
            }
        }

        world.ShouldBeOver();
    }
}
