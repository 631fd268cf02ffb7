using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Reputation;
using Ringfence.Stir.Claims;

namespace Ringfence.Edge.Tests.Evidence;

/// <summary>What a callee says of a call, and what it does to the next one.</summary>
public sealed class UnwantedTests
{
    private const string Progress = "  - { then: progress }";
    private static readonly Party Caller = Party.Parse(DeskWorld.Caller);
    private static readonly Party Callee = Party.Parse(DeskWorld.Callee);

    [Theory]
    [InlineData("proxy")]
    [InlineData("gate")]
    public async Task After_a_607_of_the_callee_the_caller_gets_607_from_the_callees_list(string mode)
    {
        await using DeskWorld world = new(Progress, mode);
        await world.InviteAsync("first");
        world.Answer(LegOf(world, "first"), "607 Unwanted");
        world.Final("first").ShouldStartWith("SIP/2.0 607 Unwanted\r\n");

        await world.InviteAsync("second");
        await world.InviteAsync("other", callee: "+33180009999");

        world.Final("second").ShouldStartWith("SIP/2.0 607 Unwanted\r\n");
        world.Final("other").ShouldBeEmpty();
        PersonalEntry entry = world.Book.Lists.EntriesOf(Callee, world.Clock.GetUtcNow()).ShouldHaveSingleItem();
        (entry.Caller, entry.IsAllowed, entry.Channel).ShouldBe((Caller, false, ReportChannel.BeforeAnswer));
        entry.Until.ShouldBe(world.Clock.GetUtcNow() + UnwantedReports.Lifetime);
        (await world.RecordsAsync()).ShouldContain(record =>
            record.Said == "unwanted (BeforeAnswer): IdentityUnproven"
        );
    }

    [Theory]
    [InlineData("486 Busy Here")]
    [InlineData("480 Temporarily Unavailable")]
    [InlineData("603 Decline")]
    public async Task Another_refusal_of_the_callee_is_no_evidence(string status)
    {
        await using DeskWorld world = new(Progress);
        await world.InviteAsync("first");
        world.Answer("first", status);

        await world.InviteAsync("second");

        world.Final("second").ShouldBeEmpty();
        world.Book.Lists.EntriesOf(Callee, world.Clock.GetUtcNow()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Attestation.A, true)]
    [InlineData(Attestation.B, false)]
    [InlineData(Attestation.None, false)]
    public async Task It_counts_for_others_only_under_an_identity_that_is_the_callers_own(
        Attestation attest,
        bool counts
    )
    {
        await using DeskWorld world = new(Progress);
        await world.InviteAsync("c", more: attest == Attestation.None ? "" : world.Identity(attest));
        world.Answer("c", "607 Unwanted");

        ReputationFacts facts = world.Services.Reputation.Read(Caller, world.Clock.GetUtcNow());
        facts.Reporters.ShouldBe(counts ? 1 : 0);
        (facts.Score < 100).ShouldBe(counts);
    }

    [Fact]
    public async Task A_607_in_the_BYE_of_the_callee_is_evidence_of_less_weight()
    {
        await using DeskWorld world = new(Progress);
        await Talk("early", "+33199000001", bye: null);
        await Talk("late", "+33199000002", "Reason: SIP;cause=607;text=\"Unwanted\"\r\n");

        int before = world.Services.Reputation.Read(Party.Parse("+33199000001"), world.Clock.GetUtcNow()).Score;
        int mid = world.Services.Reputation.Read(Party.Parse("+33199000002"), world.Clock.GetUtcNow()).Score;
        (before < mid && mid < 100).ShouldBeTrue($"{before} {mid}");
        world
            .Book.Lists.EntriesOf(Callee, world.Clock.GetUtcNow())
            .Select(entry => entry.Channel)
            .ShouldBe([ReportChannel.BeforeAnswer, ReportChannel.MidCall]);
        (await world.RecordsAsync())
            .Single(record => record.SipCallId == "late")
            .Said.ShouldBe("unwanted (MidCall): Counted");

        async Task Talk(string id, string caller, string? bye)
        {
            await world.InviteAsync(id, caller, more: world.Identity(Attestation.A, caller));
            world.Answer(id, bye is null ? "607 Unwanted" : "200 OK");
            if (bye is not null)
            {
                world.Bye(id, byCallee: true, bye);
            }
        }
    }

    [Fact]
    public async Task A_607_in_the_callers_own_BYE_says_nothing()
    {
        await using DeskWorld world = new(Progress);
        await world.InviteAsync("c");
        world.Answer("c", "200 OK");
        world.Bye("c", byCallee: false, "Reason: SIP;cause=607;text=\"Unwanted\"\r\n");

        world.Book.Lists.EntriesOf(Callee, world.Clock.GetUtcNow()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_star_code_after_the_call_blocks_the_last_caller_and_another_takes_it_back()
    {
        await using DeskWorld world = new(Progress);
        await world.InviteAsync("c");
        world.Answer("c", "180 Ringing");
        world.Answer("c", "486 Busy Here");

        await world.InviteAsync("code", DeskWorld.Callee, "*60", DeskWorld.UsersPort);
        await world.InviteAsync("again");
        world.Final("code").ShouldContain("Reason: SIP;cause=200;text=\"Done\"");
        world.Final("again").ShouldStartWith("SIP/2.0 607");

        await world.InviteAsync("undo", DeskWorld.Callee, "*80", DeskWorld.UsersPort);
        await world.InviteAsync("wanted");
        world.Final("undo").ShouldContain("Reason: SIP;cause=200;text=\"Done\"");
        world.Final("wanted").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_star_code_of_somebody_who_is_none_of_ours_is_a_number_like_any_other()
    {
        await using DeskWorld world = new(Progress);
        await world.InviteAsync("c");
        world.Answer("c", "180 Ringing");
        world.Answer("c", "486 Busy Here");

        await world.InviteAsync("code", DeskWorld.Callee, "*60");

        world.Final("code").ShouldBeEmpty();
        world.Book.Lists.EntriesOf(Callee, world.Clock.GetUtcNow()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_star_code_without_a_call_says_so()
    {
        await using DeskWorld world = new(Progress);
        await world.InviteAsync("code", DeskWorld.Callee, "*60", DeskWorld.UsersPort);

        world.Final("code").ShouldContain("Reason: SIP;cause=404;text=\"No call to speak of\"");
    }

    [Fact]
    public async Task An_anonymous_caller_goes_onto_no_list()
    {
        await using DeskWorld world = new(Progress);
        await world.InviteAsync("c", "anonymous");
        world.Answer("c", "607 Unwanted");

        world.Book.Lists.EntriesOf(Callee, world.Clock.GetUtcNow()).ShouldBeEmpty();
        (await world.RecordsAsync()).ShouldHaveSingleItem().Said.ShouldEndWith("NoIdentity");
    }

    /// <summary>The Call-ID by which the phone knows the call: behind a gate another one.</summary>
    private static string LegOf(DeskWorld world, string id) =>
        Stages.StirWorld.Header(
            world.SentTo(DeskWorld.PhonePort).Last(message => message.StartsWith("INVITE", StringComparison.Ordinal)),
            "Call-ID"
        )
            is { Length: > 0 } leg
            ? leg
            : id;
}
