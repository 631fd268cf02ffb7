using System.Buffers;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Reputation;

namespace Ringfence.Screening.Tests.Reputation;

public sealed class ReputationTableTests
{
    private static readonly Party Caller = Party.Parse("+33612345678");
    private readonly ReputationTable _table = new(1000);

    [Fact]
    public void Nobody_complains_of_a_caller_that_is_not_known() => Read().ShouldBe(ReputationFacts.Clean);

    [Fact]
    public void Complaints_of_many_weigh_against_what_was_delivered()
    {
        for (var n = 1; n <= 10; n++)
        {
            Report(n, deliveredBefore: 1000).ShouldBe(ReportOutcome.Counted);
        }

        // Ten of 1010 delivered: a fifth of the worst share.
        Read().Score.ShouldBe(80);
        Read().Reporters.ShouldBeInRange(8, 12);
        for (var n = 0; n < 9000; n++)
        {
            _table.Delivered(Caller, Calls.Noon);
        }

        Read().Score.ShouldBe(98);
    }

    [Fact]
    public void What_one_reporter_can_say_is_capped()
    {
        for (var n = 0; n < 10; n++)
        {
            Report(1, deliveredBefore: 30).ShouldBe(n == 0 ? ReportOutcome.Counted : ReportOutcome.ReporterCapped);
        }

        Read().ShouldBe(new ReputationFacts(50, 1, vouched: false));
        Report(1, after: TimeSpan.FromDays(14)).ShouldBe(ReportOutcome.Counted);
    }

    [Fact]
    public void A_reporter_of_half_the_world_is_not_heard()
    {
        for (var n = 0; n < 25; n++)
        {
            var report = new UnwantedReport(
                Party.Parse($"+3361234{n:D4}"),
                Party.Parse("+33199000001"),
                Calls.Noon,
                ReportChannel.Button,
                IdentityHeld: true
            );
            _table.Report(report).ShouldBe(n < 20 ? ReportOutcome.Counted : ReportOutcome.ReporterCapped);
        }

        _table
            .Report(
                new UnwantedReport(
                    Caller,
                    Party.Parse("+33199000001"),
                    Calls.Noon.AddDays(1),
                    ReportChannel.Button,
                    IdentityHeld: true
                )
            )
            .ShouldBe(ReportOutcome.Counted);
    }

    [Theory]
    [InlineData(ReportChannel.BeforeAnswer, 0)]
    [InlineData(ReportChannel.StarCode, 25)]
    [InlineData(ReportChannel.Button, 25)]
    [InlineData(ReportChannel.Api, 25)]
    [InlineData(ReportChannel.Command, 25)]
    [InlineData(ReportChannel.MidCall, 50)]
    public void A_607_before_the_answer_weighs_more_than_one_in_a_bye(ReportChannel channel, int score)
    {
        _table.Report(
            new UnwantedReport(
                Caller,
                Party.Parse("+33199000001"),
                Calls.Noon,
                channel,
                IdentityHeld: true,
                DeliveredBefore: 10
            )
        );
        Read().Score.ShouldBe(score);
    }

    [Fact]
    public void Complaints_fade_by_half_in_two_weeks_and_are_forgotten_in_the_end()
    {
        for (var n = 1; n <= 4; n++)
        {
            Report(n, deliveredBefore: 10_000);
        }

        for (var n = 0; n < 90; n++)
        {
            _table.Delivered(Caller, Calls.Noon);
        }

        _table.Read(Caller, Calls.Noon.AddDays(365)).ShouldBe(ReputationFacts.Clean);
        Report(5, after: TimeSpan.FromDays(365)).ShouldBe(ReportOutcome.Counted);
        _table.Read(Caller, Calls.Noon.AddDays(365)).Reporters.ShouldBe(1);
    }

    [Fact]
    public void Only_a_validly_signed_identity_can_lose_its_reputation()
    {
        var report = new UnwantedReport(
            Caller,
            Party.Parse("+33199000001"),
            Calls.Noon,
            ReportChannel.BeforeAnswer,
            IdentityHeld: false
        );
        _table.Report(report).ShouldBe(ReportOutcome.IdentityUnproven);
        _table.Report(report with { IdentityHeld = true, Caller = Party.Anonymous }).ShouldBe(ReportOutcome.NoIdentity);
        _table
            .Report(report with { IdentityHeld = true, Reporter = Party.Anonymous })
            .ShouldBe(ReportOutcome.ReporterCapped);
        _table.Count.ShouldBe(0);
        Read().ShouldBe(ReputationFacts.Clean);
    }

    [Fact]
    public void A_reassigned_number_begins_anew()
    {
        Report(1);
        _table.Reassign(Caller);
        Read().ShouldBe(ReputationFacts.Clean);
    }

    [Fact]
    public void An_appeal_clears_and_holds_until_five_complain_anew()
    {
        for (var n = 1; n <= 9; n++)
        {
            Report(n);
        }

        Read().Score.ShouldBe(0);
        _table.GrantAppeal(Caller, Calls.Noon).ShouldBeTrue();
        Read().ShouldBe(new ReputationFacts(100, 0, vouched: true));
        _table.Read(Caller, Calls.Noon.AddDays(91)).Vouched.ShouldBeFalse();
        for (var n = 11; n <= 20; n++)
        {
            Report(n);
        }

        Read().Vouched.ShouldBeFalse();
        _table.GrantAppeal(Party.Anonymous, Calls.Noon).ShouldBeFalse();
    }

    [Fact]
    public void More_reporters_than_are_kept_by_name_are_still_counted()
    {
        for (var n = 1; n <= 100; n++)
        {
            Report(n, deliveredBefore: 100_000).ShouldBe(ReportOutcome.Counted);
        }

        Read().Reporters.ShouldBeInRange(60, 150);
        Read().Score.ShouldBe(98);
    }

    [Fact]
    public void A_report_puts_the_caller_on_the_reporters_list_and_can_be_taken_back()
    {
        var lists = new PersonalLists();
        var reports = new UnwantedReports(lists, _table);
        var reporter = Party.Parse("+33199000001");
        var report = new UnwantedReport(Caller, reporter, Calls.Noon, ReportChannel.StarCode, IdentityHeld: false);

        reports.Take(report).ShouldBe(ReportOutcome.IdentityUnproven);
        var entry = lists.EntriesOf(reporter, Calls.Noon).Single();
        entry.Caller.ShouldBe(Caller);
        entry.IsAllowed.ShouldBeFalse();
        entry.Channel.ShouldBe(ReportChannel.StarCode);
        entry.Until.ShouldBe(Calls.Noon + UnwantedReports.Lifetime);
        reports.Undo(report).ShouldBeTrue();
        lists.EntriesOf(reporter, Calls.Noon).ShouldBeEmpty();

        reports.Take(report with { Caller = Party.Anonymous }).ShouldBe(ReportOutcome.NoIdentity);
        lists.EntriesOf(reporter, Calls.Noon).ShouldBeEmpty();
    }

    [Fact]
    public void Two_nodes_join_what_they_heard_and_what_comes_twice_adds_nothing()
    {
        var other = new ReputationTable(1000);
        for (var n = 1; n <= 3; n++)
        {
            Report(n, deliveredBefore: 90);
            other.Report(Made(n + 2, ReportChannel.BeforeAnswer));
        }

        for (var n = 0; n < 3; n++)
        {
            _table.Absorb(Saved(other)).ShouldBeTrue();
        }

        // Reporters 1 to 5, the third heard by both: five of a hundred.
        Read().ShouldBe(new ReputationFacts(0, 5, vouched: false));
        other.Absorb(Saved(_table)).ShouldBeTrue();
        other.Read(Caller, Calls.Noon).ShouldBe(Read());
        _table.Absorb(new byte[3]).ShouldBeFalse();

        other.GrantAppeal(Caller, Calls.Noon);
        _table.Absorb(Saved(other)).ShouldBeTrue();
        Read().ShouldBe(new ReputationFacts(100, 0, vouched: true));
        var later = new ReputationTable(10);
        later.Absorb(Saved(_table)).ShouldBeTrue();
        later.Read(Caller, Calls.Noon).Vouched.ShouldBeTrue();
    }

    private static byte[] Saved(ReputationTable table)
    {
        var writer = new ArrayBufferWriter<byte>();
        table.Save(writer);
        return writer.WrittenSpan.ToArray();
    }

    private static UnwantedReport Made(int reporter, ReportChannel channel) =>
        new(Caller, Party.Parse($"+33199{reporter:D6}"), Calls.Noon, channel, IdentityHeld: true, 0);

    private ReputationFacts Read() => _table.Read(Caller, Calls.Noon);

    private ReportOutcome Report(int reporter, int deliveredBefore = 0, TimeSpan after = default) =>
        _table.Report(
            new UnwantedReport(
                Caller,
                Party.Parse($"+33199{reporter:D6}"),
                Calls.Noon + after,
                ReportChannel.BeforeAnswer,
                IdentityHeld: true,
                deliveredBefore
            )
        );
}
