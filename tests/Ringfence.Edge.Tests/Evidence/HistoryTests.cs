using Ringfence.Edge.Evidence;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Reputation;
using Ringfence.Stir.Claims;

namespace Ringfence.Edge.Tests.Evidence;

/// <summary>Whom a callee dialled, answered or knows, its wishes, and emergencies: learnt from calls, kept over restarts.</summary>
public sealed class HistoryTests
{
    private const string RefuseAll = "  - { name: all, then: refuse 608 }";
    private const string Progress = "  - { then: progress }";
    private static readonly Party Caller = Party.Parse(DeskWorld.Caller);
    private static readonly Party Callee = Party.Parse(DeskWorld.Callee);

    [Fact]
    public async Task A_number_that_our_user_dialled_may_call_back_even_after_a_restart()
    {
        string folder = Directory.CreateTempSubdirectory("history-").FullName;
        await using (DeskWorld before = new(Progress, folder: folder))
        {
            await before.InviteAsync("out", DeskWorld.Callee, DeskWorld.Caller, DeskWorld.UsersPort);
            before.Answer("out", "180 Ringing");
            before.Answer("out", "486 Busy Here");
        }

        await using (DeskWorld world = new(RefuseAll, folder: folder))
        {
            await world.InviteAsync("back");
            await world.InviteAsync("stranger", "+33199009999");
            world.Final("back").ShouldBeEmpty();
            world.Final("stranger").ShouldStartWith("SIP/2.0 608");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Nobody_can_say_for_another_that_it_dialled()
    {
        await using DeskWorld world = new(Progress);
        await world.InviteAsync("out", DeskWorld.Callee, DeskWorld.Caller);
        world.Answer("out", "180 Ringing");
        world.Answer("out", "486 Busy Here");

        world.Book.Histories.Of(Callee, Caller).Dialled.ShouldBeFalse();
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(5, false)]
    public async Task Who_was_really_talked_with_is_known(int seconds, bool isKnown)
    {
        await using DeskWorld world = new(Progress);
        await world.InviteAsync("c");
        world.Answer("c", "200 OK");
        world.Pass(TimeSpan.FromSeconds(seconds));
        world.Bye("c", byCallee: false);

        world.Book.Histories.Of(Callee, Caller).Answered.ShouldBe(isKnown);
    }

    [Fact]
    public async Task A_report_ends_what_was_before_it_and_dialling_again_lifts_it()
    {
        await using DeskWorld world = new(Progress);
        await world.InviteAsync("c");
        world.Answer("c", "200 OK");
        world.Pass(TimeSpan.FromSeconds(60));
        world.Bye("c", byCallee: false);
        await world.InviteAsync("again");
        world.Answer("again", "607 Unwanted");
        world.Book.Histories.Of(Callee, Caller).Answered.ShouldBeFalse();
        await world.InviteAsync("blocked");
        world.Final("blocked").ShouldStartWith("SIP/2.0 607");

        await world.InviteAsync("out", DeskWorld.Callee, DeskWorld.Caller, DeskWorld.UsersPort);
        world.Answer("out", "180 Ringing");
        world.Answer("out", "486 Busy Here");
        await world.InviteAsync("back");

        world.Final("back").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_callees_list_and_wishes_outlive_a_restart_and_an_entry_ends_with_its_time()
    {
        string folder = Directory.CreateTempSubdirectory("history-").FullName;
        await using (DeskWorld before = new(Progress, folder: folder))
        {
            before.Book.Put(Callee, Entry(before, "+33199000001", isAllowed: false, TimeSpan.FromDays(2)));
            before.Book.Put(Callee, Entry(before, "+33199000002", isAllowed: true, null));
            before.Book.Contact(Callee, Party.Parse("+33199000003"), isContact: true, before.Clock.GetUtcNow());
            Schedule.TryParse("22:00-07:00", out Schedule? quiet, out _).ShouldBeTrue();
            before
                .Book.Prefer(Callee, new CalleePreferences { Quiet = quiet, Strangers = StrangerWish.Refuse })
                .ShouldBeTrue();
        }

        await using (DeskWorld world = new(Progress, folder: folder))
        {
            await world.InviteAsync("blocked", "+33199000001");
            await world.InviteAsync("allowed", "+33199000002");
            await world.InviteAsync("contact", "+33199000003");
            await world.InviteAsync("stranger", "+33199000004");
            world.Final("blocked").ShouldStartWith("SIP/2.0 607");
            world.Final("allowed").ShouldBeEmpty();
            world.Final("contact").ShouldBeEmpty();
            world.Final("stranger").ShouldStartWith("SIP/2.0 607");
            world.Book.PreferencesOf(Callee)!.Quiet!.ToString().ShouldBe("22:00-07:00");
            world.Pass(TimeSpan.FromDays(3));
            world.Book.EntryOf(Callee, Party.Parse("+33199000001"), world.Clock.GetUtcNow()).ShouldBeNull();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Reputation_outlives_a_restart_and_a_crash()
    {
        string folder = Directory.CreateTempSubdirectory("history-").FullName;
        int score;
        await using (DeskWorld before = new(Progress, folder: folder))
        {
            score = await ReportAsync(before, "+33180000001");
        }

        await using (DeskWorld second = new(Progress, folder: folder))
        {
            second.Services.Reputation.Read(Caller, second.Clock.GetUtcNow()).Score.ShouldBe(score);
            score = await ReportAsync(second, "+33180000002");
            // As after a crash: the snapshot is the one of the first, the report is in its table.
            await second.Book.Writer!.SettleAsync(TestContext.Current.CancellationToken);
            var copy = new EvidenceBook(new ReputationTable(), writer: null);
            using EvidenceStore store = EvidenceStore.Open(second.Configuration.Database);
            copy.Restore(store, second.Clock.GetUtcNow());
            copy.Reputation.Read(Caller, second.Clock.GetUtcNow()).Reporters.ShouldBe(2);
        }

        Directory.Delete(folder, recursive: true);

        static async Task<int> ReportAsync(DeskWorld world, string callee)
        {
            world.Pass(TimeSpan.FromMinutes(1));
            await world.InviteAsync(callee, callee: callee, more: world.Identity(Attestation.A, dest: callee));
            world.Answer(callee, "607 Unwanted");
            return world.Services.Reputation.Read(Caller, world.Clock.GetUtcNow()).Score;
        }
    }

    [Theory]
    [InlineData("112", 30, true)]
    [InlineData("112", 90, false)]
    [InlineData("+33180002000", 30, false)]
    public async Task After_an_emergency_call_anybody_may_call_back_for_an_hour(
        string dialled,
        int minutes,
        bool mayCall
    )
    {
        await using DeskWorld world = new(RefuseAll);
        await world.InviteAsync("sos", DeskWorld.Callee, dialled, DeskWorld.UsersPort);
        world.Pass(TimeSpan.FromMinutes(minutes));

        await world.InviteAsync("rescue", "+33199009999");

        world.Final("rescue").StartsWith("SIP/2.0 608", StringComparison.Ordinal).ShouldBe(!mayCall);
    }

    [Theory]
    [InlineData(DeskWorld.UsersPort, Attestation.None, true)]
    [InlineData(DeskWorld.CarrierPort, Attestation.None, false)]
    [InlineData(DeskWorld.CarrierPort, Attestation.A, true)]
    public async Task Only_who_is_known_to_be_the_caller_opens_the_time_after_an_emergency(
        int port,
        Attestation attest,
        bool isOpen
    )
    {
        await using DeskWorld world = new(RefuseAll);
        string identity = attest == Attestation.None ? "" : world.Identity(attest, DeskWorld.Callee, "112");
        await world.InviteAsync("sos", DeskWorld.Callee, "112", port, more: identity);
        world.Pass(TimeSpan.FromMinutes(5));

        await world.InviteAsync("rescue", "+33199009999");

        world.Final("rescue").StartsWith("SIP/2.0 608", StringComparison.Ordinal).ShouldBe(!isOpen);
    }

    [Theory]
    [InlineData(Attestation.A, true)]
    [InlineData(Attestation.None, false)]
    public async Task A_call_back_is_believed_of_a_caller_whose_identity_holds(Attestation attest, bool isBelieved)
    {
        await using DeskWorld world = new(RefuseAll);
        string identity = attest == Attestation.None ? "" : world.Identity(attest);
        await world.InviteAsync("c", more: identity + "Priority: psap-callback\r\n");

        world.Final("c").StartsWith("SIP/2.0 608", StringComparison.Ordinal).ShouldBe(!isBelieved);
    }

    [Fact]
    public async Task Who_rings_again_within_minutes_is_seen_to()
    {
        await using DeskWorld world = new("  - { when: { recent-attempts: \">= 1\" }, then: progress }\n" + RefuseAll);
        await world.InviteAsync("first");
        await world.InviteAsync("second");
        world.Final("first").ShouldStartWith("SIP/2.0 608");
        world.Final("second").ShouldBeEmpty();
        world.Pass(TimeSpan.FromMinutes(20));
        await world.InviteAsync("late");

        world.Final("late").ShouldStartWith("SIP/2.0 608");
    }

    [Fact]
    public async Task The_pairs_are_bounded_and_address_books_stay()
    {
        var histories = new Histories(capacity: 100);
        histories.Put(Callee, Caller, new PairHistory(false, false, true, DateTimeOffset.UnixEpoch));
        for (int i = 0; i < 1_000; i++)
        {
            histories.Put(
                Callee,
                Party.Parse($"+3319900{i:0000}9"),
                new PairHistory(true, false, false, DateTimeOffset.UnixEpoch.AddSeconds(i))
            );
            while (histories.Count > 110)
            {
                await Task.Yield();
            }
        }

        histories.Of(Callee, Caller).Contact.ShouldBeTrue();
        histories.Of(Callee, Party.Parse("+331990009999")).Dialled.ShouldBeTrue();
    }

    private static PersonalEntry Entry(DeskWorld world, string caller, bool isAllowed, TimeSpan? lasts) =>
        new()
        {
            Caller = Party.Parse(caller),
            IsAllowed = isAllowed,
            Since = world.Clock.GetUtcNow(),
            Until = lasts is { } time ? world.Clock.GetUtcNow() + time : null,
        };
}
