using Ringfence.Edge.Challenge;
using Ringfence.Media.Hearing;
using Ringfence.Media.Prompts;
using Ringfence.Sip.Calls;

namespace Ringfence.Edge.Tests.Challenge;

public sealed class RefusalAnnouncementTests
{
    [Theory]
    [InlineData("+1-202-555-0100")]
    [InlineData("")]
    public async Task A_608_is_said_after_the_information_tone_and_then_sent(string contact)
    {
        await using ChallengeWorld world = World(contact);
        world.InviteFrom("+12025550199", world.Offer());
        world.Responses[0].ShouldContain("Require: 100rel");
        int place = world.RunUntilHeard("en", "rejected");
        var tone = Listener.Analyse(world.Telephone.Heard.ToArray().AsSpan(0, 9_500), 8000);
        tone.ShouldContain(segment => segment.Kind == HeardKind.SpecialInformation);
        if (contact.Length > 0)
        {
            place = world.RunUntilHeard("en", "help", place);
            place = world.RunUntilHeard("en", "plus", place);
            foreach (char digit in "12025550100")
            {
                place = world.RunUntilHeard("en", $"{digit}", place);
            }
        }

        world.Statuses.ShouldBe([183]);
        world.RunUntilHeard("en", "rejected", place);
        world.RunUntil(() => world.End is not null);
        world.Statuses.ShouldBe([183, 608]);
        world.Telephone.ShouldHaveHeardOneStream();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task Callers_that_cannot_hear_it_get_the_608_at_once()
    {
        await using ChallengeWorld world = World("+1");
        world.Invite(world.Offer("sendonly"));
        world.Run(100);
        world.Statuses.ShouldBe([608]);
        world.ShouldBeOver();
    }

    [Fact]
    public async Task Without_100rel_nothing_is_announced()
    {
        await using ChallengeWorld world = World("+1", Reliability.Off);
        world.Invite(world.Offer());
        world.Run(100);
        world.Statuses.ShouldBe([608]);
    }

    [Fact]
    public async Task A_caller_that_hangs_up_is_gone()
    {
        await using ChallengeWorld world = World("+1");
        world.Invite(world.Offer());
        world.Run(1000);
        world.Call.End();
        world.RunUntil(() => world.End is not null);
        world.Wire.ShouldContain(line => line.StartsWith("SIP/2.0 487", StringComparison.Ordinal));
        world.ShouldBeOver();
    }

    private static ChallengeWorld World(string contact, Reliability reliability = Reliability.Supported)
    {
        var world = new ChallengeWorld { Reliability = reliability };
        world.OnCall = (call, setup) =>
            RefusalAnnouncement.Begin(
                call,
                setup,
                PromptLibrary.Default,
                contact,
                () =>
                {
                    call.Refuse(608, default).ShouldBeTrue();
                    setup.Journal.Refused(608);
                    setup.Journal.Close("edge");
                }
            );
        return world;
    }
}
