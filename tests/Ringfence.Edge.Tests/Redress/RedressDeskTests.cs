using Ringfence.Edge.Redress;
using Ringfence.Edge.Tests.Evidence;
using Ringfence.Screening.Facts;
using Ringfence.Stir.Claims;

namespace Ringfence.Edge.Tests.Redress;

/// <summary>What comes after a refusal: an appeal, its answer, and the next call.</summary>
public sealed class RedressDeskTests
{
    private const string Rules = """
          - { name: appealed, when: { vouched: true }, then: progress }
          - { name: user, owner: user, when: { callee: "+33180000607" }, then: refuse }
          - { name: all, then: refuse 608 }
        """;

    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_caller_refused_by_accident_gets_through_after_one_granted_appeal()
    {
        await using DeskWorld world = new(Rules);
        string token = await RefusedAsync(world, "first");

        (await world.Desk.AppealAsync(token, "me@x.example", "I am a clinic", Now)).ShouldBeTrue();
        (Appeal appeal, RefusedCall call) = (await world.Desk.AppealsAsync(Now)).ShouldHaveSingleItem();
        (appeal.Message, appeal.Reach, appeal.State).ShouldBe(("I am a clinic", "me@x.example", AppealState.Open));
        call.Facts.Caller.Text.ShouldBe(DeskWorld.Caller);
        (await world.Desk.AnswerAsync(token, isGranted: true, "Sorry.", Now)).ShouldBeTrue();

        await world.InviteAsync("second");
        world.Final("second").ShouldBeEmpty();
        Appeal answered = (await world.Desk.AppealAsync(token, Now))!;
        (answered.State, answered.Answer).ShouldBe((AppealState.Granted, "Sorry."));
    }

    [Fact]
    public async Task A_granted_appeal_holds_over_a_restart_and_a_declined_one_changes_nothing()
    {
        string folder = Directory.CreateTempSubdirectory("appeal-").FullName;
        await using (DeskWorld world = new(Rules, folder: folder))
        {
            string token = await RefusedAsync(world, "first");
            string other = await RefusedAsync(world, "other", "+33199000002");
            await world.Desk.AppealAsync(token, "", "please", Now);
            await world.Desk.AppealAsync(other, "", "please", Now);
            await world.Desk.AnswerAsync(token, isGranted: true, "", Now);
            await world.Desk.AnswerAsync(other, isGranted: false, "No.", Now);
        }

        await using (DeskWorld world = new(Rules, folder: folder))
        {
            world
                .Services.Reputation.Read(Party.Parse(DeskWorld.Caller), world.Clock.GetUtcNow())
                .Vouched.ShouldBeTrue();
            world
                .Services.Reputation.Read(Party.Parse("+33199000002"), world.Clock.GetUtcNow())
                .Vouched.ShouldBeFalse();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_the_user_decided_is_not_the_operators_to_grant()
    {
        await using DeskWorld world = new(Rules);
        string token = await RefusedAsync(world, "c", callee: "+33180000607");

        (await world.Desk.FindAsync(token, Now))!.MayAppeal.ShouldBeFalse();
        (await world.Desk.AppealAsync(token, "", "please", Now)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_open_appeal_can_be_changed_and_an_answered_one_cannot()
    {
        await using DeskWorld world = new(Rules);
        string token = await RefusedAsync(world, "c");
        (await world.Desk.AppealAsync(token, "", "one", Now)).ShouldBeTrue();
        (await world.Desk.AppealAsync(token, "", new string('x', 5_000), Now)).ShouldBeTrue();
        (await world.Desk.AppealAsync(token, Now))!.Message.Length.ShouldBe(RedressDesk.MaxText);
        await world.Desk.AnswerAsync(token, isGranted: false, "No.", Now);

        (await world.Desk.AppealAsync(token, "", "three", Now)).ShouldBeFalse();
        (await world.Desk.AppealAsync("AAAAAAAAAAAAAAAAAAAAAA", "", "guess", Now)).ShouldBeFalse();
        (await world.Desk.AnswerAsync("AAAAAAAAAAAAAAAAAAAAAA", true, "", Now)).ShouldBeFalse();
        (await world.Desk.FindAsync("' OR 1=1 --", Now)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_kept_of_a_refusal_is_what_it_rested_on()
    {
        await using DeskWorld world = new(Rules);
        string token = await RefusedAsync(world, "c", more: world.Identity(Attestation.B));

        RefusedCall call = (await world.Desk.FindAsync(token, Now))!;
        (call.Facts.Attestation, call.Facts.Trunk, call.Verdict.Rule).ShouldBe((Attestation.B, "carrier", "all"));
        world.Configuration.Policy.Decide(call.Facts).Rule.ShouldBe("all");
    }

    private static async Task<string> RefusedAsync(
        DeskWorld world,
        string id,
        string caller = DeskWorld.Caller,
        string callee = DeskWorld.Callee,
        string more = ""
    )
    {
        IReadOnlyCollection<string> before = Tokens(world);
        await world.InviteAsync(id, caller, callee, more: more);
        await world.Book.Writer!.SettleAsync(Now);
        return Tokens(world).Except(before).ShouldHaveSingleItem();
    }

    private static string[] Tokens(DeskWorld world)
    {
        using Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={world.Configuration.Database}");
        return [.. Dapper.SqlMapper.Query<string>(connection, "SELECT token FROM refusals")];
    }
}
