using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rates;
using Ringfence.Screening.Tests.Lists;

namespace Ringfence.Screening.Tests.Rates;

public sealed class RateTableTests
{
    private static readonly Party Caller = Party.Parse("+33612345678");
    private readonly RateTable _table = new(10_000);

    [Fact]
    public void A_call_counts_at_once_and_fades_out_of_its_window()
    {
        for (var n = 1; n <= 30; n++)
        {
            _table.Observe(Caller, Callee(n * 10), Calls.Noon.AddSeconds(n)).CallsPerMinute.ShouldBe(n);
        }

        Peek(TimeSpan.FromSeconds(59)).CallsPerMinute.ShouldBe(30);
        Peek(TimeSpan.FromSeconds(90)).CallsPerMinute.ShouldBe(15);
        Peek(TimeSpan.FromSeconds(120)).CallsPerMinute.ShouldBe(0);
        Peek(TimeSpan.FromMinutes(30)).CallsPerHour.ShouldBe(30);
        Peek(TimeSpan.FromMinutes(90)).CallsPerHour.ShouldBe(15);
        Peek(TimeSpan.FromHours(2)).CallsPerHour.ShouldBe(0);
        Peek(TimeSpan.FromHours(11)).CallsPerDay.ShouldBe(30);
        Peek(TimeSpan.FromHours(60)).CallsPerDay.ShouldBe(0);
        Peek(TimeSpan.FromHours(5)).KnownHours.ShouldBe(4);
    }

    [Fact]
    public void Different_callees_are_told_from_the_same_one()
    {
        for (var n = 0; n < 50; n++)
        {
            _table.Observe(Caller, Callee(1), Calls.Noon).DistinctCallees.ShouldBe(1);
        }

        for (var n = 0; n < 50; n++)
        {
            _table.Observe(Caller, Callee(n * 100), Calls.Noon);
        }

        Peek(TimeSpan.Zero).DistinctCallees.ShouldBeInRange(30, 75);
        Peek(TimeSpan.FromMinutes(70)).DistinctCallees.ShouldBeInRange(30, 75);
        Peek(TimeSpan.FromMinutes(121)).DistinctCallees.ShouldBe(0);
    }

    [Theory]
    [InlineData(new[] { 1, 2, 3, 4, 5 }, 4)]
    [InlineData(new[] { 9, 8, 7, 5 }, 3)]
    [InlineData(new[] { 1, 2, 3, 50 }, 0)]
    [InlineData(new[] { 1, 2, 2, 2, 3 }, 2)]
    [InlineData(new[] { 1, 4, 7, 10 }, 0)]
    public void Adjacent_numbers_in_a_row_are_counted(int[] callees, int run)
    {
        foreach (var callee in callees)
        {
            _table.Observe(Caller, Callee(callee), Calls.Noon);
        }

        Peek(TimeSpan.Zero).SequentialRun.ShouldBe(run);
    }

    [Fact]
    public void Calls_to_neighbours_are_told_from_others()
    {
        var caller = Party.Parse("+33199001234");
        _table.Observe(caller, Party.Parse("+33199009999"), Calls.Noon).NeighbourRatio.ShouldBe(1);
        _table.Observe(caller, Party.Parse("+33199119999"), Calls.Noon).NeighbourRatio.ShouldBe(0.5);
        _table.Observe(caller, Party.Parse("+441990099"), Calls.Noon).NeighbourRatio.ShouldBe(1.0 / 3, 1e-9);
    }

    [Fact]
    public void How_calls_end_is_told_once_there_are_enough_and_fades_by_day()
    {
        End(CallEnding.Short, 4);
        Peek(TimeSpan.Zero).ShortCallRatio.ShouldBe(0);
        Peek(TimeSpan.Zero).AnswerRatio.ShouldBe(1);
        End(CallEnding.Short, 4);
        End(CallEnding.Talked, 2);
        End(CallEnding.Unanswered, 6);
        End(CallEnding.Refused, 2);
        End(CallEnding.Invalid, 2);
        var facts = Peek(TimeSpan.Zero);
        facts.AnswerRatio.ShouldBe(0.5);
        facts.ShortCallRatio.ShouldBe(0.8);
        facts.InvalidRatio.ShouldBe(0.1);
        facts.Refusals.ShouldBe(2);
        Peek(TimeSpan.FromDays(1)).Refusals.ShouldBe(1);
        Peek(TimeSpan.FromDays(3)).Refusals.ShouldBe(0);
        Peek(TimeSpan.FromDays(30)).AnswerRatio.ShouldBe(1);
    }

    [Fact]
    public void A_block_of_numbers_that_calls_at_once_is_told()
    {
        for (var n = 0; n < 20; n++)
        {
            _table.Observe(Party.Parse($"+336123456{n:D2}"), Callee(n * 50), Calls.Noon);
        }

        Peek(TimeSpan.Zero).BlockCallers.ShouldBeInRange(14, 27);
        Peek(TimeSpan.FromMinutes(3)).BlockCallers.ShouldBe(0);
        _table.Peek(Party.Parse("+33612345577"), Callee(1), Calls.Noon).BlockCallers.ShouldBe(0);
    }

    [Fact]
    public void A_callee_that_many_ring_at_once_is_told()
    {
        for (var n = 0; n < 10; n++)
        {
            _table.Observe(Party.Parse($"+3361{n}345678"), Callee(1), Calls.Noon);
        }

        _table.Peek(Caller, Callee(1), Calls.Noon).CallersOfCallee.ShouldBeInRange(8, 13);
        _table.Peek(Caller, Callee(2), Calls.Noon).CallersOfCallee.ShouldBe(0);
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("")]
    [InlineData("+1234567890123456")]
    public void Callers_that_cannot_be_told_apart_are_not_counted_as_one(string caller)
    {
        for (var n = 0; n < 100; n++)
        {
            _table.Observe(Party.Parse(caller), Callee(n), Calls.Noon).CallsPerMinute.ShouldBe(0);
            _table.End(Party.Parse(caller), CallEnding.Refused, Calls.Noon);
        }

        _table.Peek(Party.Parse(caller), Callee(1), Calls.Noon).Refusals.ShouldBe(0);
    }

    [Fact]
    public void Addresses_are_tracked_as_numbers_are()
    {
        _table.Observe(Party.Parse("alice@example.com"), Party.Parse("bob@example.com"), Calls.Noon);
        _table
            .Observe(Party.Parse("sip:Alice@example.com"), Party.Parse("bob@example.com"), Calls.Noon)
            .CallsPerMinute.ShouldBe(2);
        _table.Peek(Party.Parse("alice@example.org"), Callee(1), Calls.Noon).CallsPerMinute.ShouldBe(0);
    }

    [Fact]
    public void A_reassigned_number_begins_anew()
    {
        _table.Observe(Caller, Callee(1), Calls.Noon);
        _table.Reassign(Caller);
        _table.Reassign(Party.Anonymous);
        Peek(TimeSpan.Zero).CallsPerMinute.ShouldBe(0);
    }

    [Fact]
    public void Counts_stop_at_their_limit()
    {
        for (var n = 0; n < 70_000; n++)
        {
            _table.End(Caller, CallEnding.Refused, Calls.Noon);
        }

        Peek(TimeSpan.Zero).Refusals.ShouldBe(ushort.MaxValue);
    }

    [Fact]
    public void Observing_a_known_caller_allocates_nothing() =>
        NumberListTests.AllocationOf(() => _table.Observe(Caller, Caller, Calls.Noon)).ShouldBe(0);

    [Fact]
    public void Two_nodes_together_know_what_one_would_know_alone() =>
        Prop.ForAll(
                Gen.Choose(0, 43_000).ListOf().Select(l => l.Order().ToArray()).ToArbitrary(),
                seconds =>
                {
                    var (alone, left, right) = (new RateTable(1000), new RateTable(1000), new RateTable(1000));
                    for (var n = 0; n < seconds.Length; n++)
                    {
                        var at = Calls.Noon.Date.AddSeconds(seconds[n]);
                        var node = seconds[n] % 2 == 0 ? left : right;
                        foreach (var table in new[] { alone, node })
                        {
                            table.Observe(Caller, Callee(seconds[n] * 7), new DateTimeOffset(at, TimeSpan.Zero));
                            table.End(Caller, (CallEnding)(seconds[n] % 5), new DateTimeOffset(at, TimeSpan.Zero));
                        }
                    }

                    var later = new DateTimeOffset(Calls.Noon.Date.AddSeconds(43_000), TimeSpan.Zero);
                    var leftBytes = Drained(left);
                    var rightBytes = Drained(right);
                    left.Absorb(leftBytes).ShouldBeTrue();
                    left.Absorb(rightBytes).ShouldBeTrue();
                    right.Absorb(rightBytes).ShouldBeTrue();
                    right.Absorb(leftBytes).ShouldBeTrue();
                    var expected = alone.Peek(Caller, Callee(1), later);
                    left.Peek(Caller, Callee(1), later).ShouldBe(right.Peek(Caller, Callee(1), later));
                    (left.Peek(Caller, Callee(1), later) with { SequentialRun = expected.SequentialRun }).ShouldBe(
                        expected
                    );
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_torn_message_is_not_absorbed()
    {
        _table.Observe(Caller, Callee(1), Calls.Noon);
        var bytes = Drained(_table);
        _table.Count.ShouldBe(0);
        _table.Absorb(bytes.AsSpan(1)).ShouldBeFalse();
        _table.Count.ShouldBe(0);
        _table.Absorb(bytes).ShouldBeTrue();
        _table.Count.ShouldBe(3);

        var saved = new ArrayBufferWriter<byte>();
        _table.Save(saved);
        saved.WrittenCount.ShouldBe(bytes.Length);
        _table.Count.ShouldBe(3);
    }

    [Fact]
    public void Many_threads_lose_no_call()
    {
        // Room enough that no shard is ever full.
        var table = new RateTable(40_000);
        Parallel.For(0, 10_000, n => table.Observe(Caller, Callee(n), Calls.Noon));
        table.Peek(Caller, Callee(0), Calls.Noon).CallsPerMinute.ShouldBe(10_000);
    }

    private static Party Callee(int n) => Party.Parse($"+33199{n:D6}");

    private static byte[] Drained(RateTable table)
    {
        var writer = new ArrayBufferWriter<byte>();
        table.Drain(writer);
        return writer.WrittenSpan.ToArray();
    }

    private RateFacts Peek(TimeSpan after) => _table.Peek(Caller, Callee(0), Calls.Noon + after);

    private void End(CallEnding ending, int times)
    {
        for (var n = 0; n < times; n++)
        {
            _table.End(Caller, ending, Calls.Noon);
        }
    }
}
