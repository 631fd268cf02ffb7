using System.Text;
using Ringfence.Edge.Storage;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Reputation;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Tests.Challenge;

/// <summary>The caller says a name, the callee hears it and decides; nobody is answered before.</summary>
public sealed class SayWhoTests
{
    private static readonly Party Caller = Party.Parse("+33199001234");

    [Theory]
    [InlineData("proxy", "event")]
    [InlineData("redirect", "tone")]
    [InlineData("gate", "info")]
    public async Task A_callee_that_presses_1_gets_the_caller_on_the_line(string mode, string way)
    {
        await using SayWhoWorld world = new(mode);
        world.Invite();
        world.Introduce();
        world.Bob.Find(SayWhoWorld.Name.AsSpan(800, 8000), 0).ShouldBeGreaterThan(0, "the callee hears the name");
        world.Statuses.ShouldAllBe(status => status < 200);

        Press(world, way, '1');
        world.RunUntil(() => world.Call.State == CallState.Confirmed);

        world.Statuses[^1].ShouldBe(200);
        short[] greeting = SayWhoWorld.Word("en", "help");
        int heard = world.Alice.Heard.Count;
        world.Run(200);
        world.Bob.Say(greeting);
        world.Run(2_000);
        world.Alice.Find(greeting, heard).ShouldBeGreaterThan(0, "the caller hears the callee");
        heard = world.Bob.Heard.Count;
        world.Alice.Say(SayWhoWorld.Name);
        world.Run(5_000);
        world.Bob.Find(SayWhoWorld.Name, heard).ShouldBeGreaterThan(0, "the callee hears the caller");
        world.Alice.Headers.Select(header => header.Ssrc).Distinct().ShouldHaveSingleItem();
        world.Bob.Headers.Select(header => header.Ssrc).Distinct().ShouldHaveSingleItem();
        world.Call.End();
        world.ShouldBeOver();
        world.CalleeEnd.ShouldBe(CallEnd.ByeReceived);
        CallRecord record = await world.RecordAsync();
        (record.Verdict, record.StatusCode).ShouldBe(("Progress", 200));
        record.GateReason.ShouldStartWith("name recorded at attempt 1");
        record.GateReason.ShouldContain("; the callee accepted");
    }

    [Fact]
    public async Task Neither_side_hears_the_other_before_the_callee_has_accepted()
    {
        await using SayWhoWorld world = new();
        world.Invite();
        world.Introduce();
        short[] greeting = SayWhoWorld.Word("en", "help");
        world.Bob.Say(greeting);
        world.Alice.Say(SayWhoWorld.Word("en", "wrong"));

        world.Run(3_000);

        world.Alice.Find(greeting, 0).ShouldBe(-1);
        world.Bob.Find(SayWhoWorld.Word("en", "wrong"), 0).ShouldBe(-1);
        world.Alice.ShouldHaveHeardOneStream();
        world.Bob.ShouldHaveHeardOneStream();
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task Who_was_accepted_is_not_asked_again()
    {
        await using SayWhoWorld world = new();
        world.Invite();
        world.Introduce();
        world.Bob.PressEvent('1');
        world.RunUntil(() => world.Call.State == CallState.Confirmed);
        world.Call.End();
        world.Run(1_000);

        world.Invite();

        world.RunUntil(() => world.Called is not null);
        world.Statuses.ShouldNotContain(183, "proxied, as the trunk's mode says");
        world.Call.End();
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData("operator", "event")]
    [InlineData("user", "tone")]
    public async Task A_callee_that_presses_2_refuses_the_caller_for_good(string owner, string way)
    {
        await using SayWhoWorld world = new(owner: owner);
        world.Invite();
        world.Introduce();

        Press(world, way, '2');
        world.RunUntil(() => world.CallerEnd is not null);

        world.Statuses[^1].ShouldBe(607);
        world.Statuses.ShouldNotContain(200);
        world.LastResponse.ShouldContain("\r\nReason: ");
        world.Run(100);
        world.CalleeEnd.ShouldBe(CallEnd.ByeReceived);
        PersonalEntry entry = world.Listed.ShouldHaveSingleItem();
        (entry.Caller, entry.IsAllowed, entry.Channel).ShouldBe((Caller, false, ReportChannel.BeforeAnswer));
        world.ShouldBeOver();
        CallRecord record = await world.RecordAsync();
        (record.StatusCode, record.EndedBy).ShouldBe((607, "callee"));
        record.RedressToken.ShouldNotBeEmpty();
        record.Said.ShouldStartWith("unwanted (BeforeAnswer)");
        record.GateReason.ShouldContain("; the callee refused the caller for good");
    }

    [Theory]
    [InlineData("operator", 608)]
    [InlineData("user", 607)]
    public async Task Who_says_no_name_is_asked_once_more_and_then_refused(string owner, int status)
    {
        await using SayWhoWorld world = new(owner: owner);
        world.Invite();
        int place = world.RunUntilHeard(world.Alice, "fr", "say-name");
        place = world.RunUntilHeard(world.Alice, "fr", "unheard-name", place);
        place = world.RunUntilHeard(world.Alice, "fr", "say-name", place);
        world.RunUntilHeard(world.Alice, "fr", "goodbye", place);

        world.RunUntil(() => world.CallerEnd is not null);

        world.Statuses.ShouldBe([183, status]);
        world.Called.ShouldBeNull();
        world.Listed.ShouldBeEmpty();
        world.ShouldBeOver();
        CallRecord record = await world.RecordAsync();
        record.GateReason.ShouldBe("challenge failed: no name was said in 2 attempts");
        record.RedressToken.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_tone_of_a_key_is_no_name()
    {
        await using SayWhoWorld world = new();
        world.Invite();
        int place = world.RunUntilHeard(world.Alice, "fr", "say-name");
        world.Run(500);
        for (int i = 0; i < 4; i++)
        {
            world.Alice.PressTone('1');
        }

        world.RunUntilHeard(world.Alice, "fr", "unheard-name", place);
        world.Called.ShouldBeNull();
        world.Call.End();
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_callee_that_does_not_decide_is_let_go_and_the_caller_gets_480(bool pressesOther)
    {
        await using SayWhoWorld world = new();
        world.Invite();
        world.Introduce();
        if (pressesOther)
        {
            world.Bob.PressEvent('5');
        }

        world.Run(9_500);
        world.CallerEnd.ShouldBeNull();
        world.RunUntil(() => world.CallerEnd is not null);

        world.Statuses[^1].ShouldBe(480);
        world.Statuses.ShouldNotContain(200);
        world.ShouldBeOver();
        world.CalleeEnd.ShouldBe(CallEnd.ByeReceived);
        world.Listed.ShouldBeEmpty();
        (await world.RecordAsync()).GateReason.ShouldContain("; the callee answered and did not accept");
    }

    [Theory]
    [InlineData("", 480)]
    [InlineData("SIP;cause=607;text=\"Unwanted\"", 607)]
    public async Task A_callee_that_hangs_up_over_the_question_leaves_the_caller_unanswered(string reason, int status)
    {
        await using SayWhoWorld world = new();
        world.Invite();
        world.Introduce();

        world.Called!.End(reason.Length == 0 ? [] : [new HeaderField(HeaderId.Reason, reason)]).ShouldBeTrue();
        world.RunUntil(() => world.CallerEnd is not null);

        world.Statuses[^1].ShouldBe(status);
        world.Statuses.ShouldNotContain(200);
        world.Listed.Count.ShouldBe(status == 607 ? 1 : 0);
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData(486, 486)]
    [InlineData(607, 607)]
    public async Task A_callee_that_refuses_at_once_does_so_as_in_any_gated_call(int refused, int status)
    {
        await using SayWhoWorld world = new();
        world.Invite();
        world.SayName();

        world.Called!.Refuse(refused, default);
        world.RunUntil(() => world.CallerEnd is not null);

        world.Statuses[^1].ShouldBe(status);
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_callee_that_never_answers_is_given_up_as_in_any_gated_call()
    {
        await using SayWhoWorld world = new();
        world.Invite();
        world.SayName();

        world.RunUntil(() => world.CallerEnd is not null);

        world.Statuses[^1].ShouldBe(480);
        world.CalleeEnd.ShouldBe(CallEnd.Cancelled);
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_callee_that_cannot_be_spoken_to_is_let_go()
    {
        await using SayWhoWorld world = new();
        world.Invite();
        world.SayName();

        world.Answer("sendonly");
        world.RunUntil(() => world.CallerEnd is not null);

        world.Statuses[^1].ShouldBe(480);
        world.ShouldBeOver();
        world.CalleeEnd.ShouldBe(CallEnd.ByeReceived);
    }

    [Theory]
    [InlineData("question")]
    [InlineData("recording")]
    [InlineData("asking")]
    [InlineData("ringing")]
    [InlineData("deciding")]
    public async Task A_caller_that_gives_up_ends_all_of_it(string stage)
    {
        await using SayWhoWorld world = new();
        world.Invite();
        Reach(world, stage);

        world.Call.End();
        world.RunUntil(() => world.CallerEnd is not null);

        world.ShouldBeOver();
        world.Statuses.ShouldAllBe(status => status < 200);
        world.Wire.ShouldContain(">A 487");
        world.CalleeEnd.ShouldBe(
            stage switch
            {
                "ringing" => CallEnd.Cancelled,
                "deciding" => CallEnd.ByeReceived,
                _ => null,
            }
        );
        (await world.RecordAsync()).EndedBy.ShouldBe("caller");
    }

    private static void Reach(SayWhoWorld world, string stage)
    {
        switch (stage)
        {
            case "question":
                world.Run(500);
                break;
            case "recording":
                world.RunUntilHeard(world.Alice, "fr", "say-name");
                world.Run(1_000);
                break;
            case "asking":
                world.RunUntilHeard(world.Alice, "fr", "say-name");
                world.Run(500);
                world.Alice.Say(SayWhoWorld.Name);
                world.RunUntilHeard(world.Alice, "fr", "asking");
                world.Called.ShouldBeNull();
                break;
            case "ringing":
                world.SayName();
                break;
            default:
                world.Introduce();
                break;
        }
    }

    private static void Press(SayWhoWorld world, string way, char digit)
    {
        switch (way)
        {
            case "event":
                world.Bob.PressEvent(digit);
                break;
            case "tone":
                world.Bob.PressTone(digit);
                break;
            default:
                world
                    .Called!.Send(
                        SipMethod.Info,
                        new Body("application/dtmf-relay"u8.ToArray(), Encoding.ASCII.GetBytes($"Signal={digit}\r\n")),
                        null
                    )
                    .ShouldBeTrue();
                break;
        }
    }
}
