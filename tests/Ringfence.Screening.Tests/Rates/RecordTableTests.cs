using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using Ringfence.Screening.Memory;
using Ringfence.Screening.Rates;

namespace Ringfence.Screening.Tests.Rates;

public sealed class RecordTableTests
{
    [Fact]
    public void A_shard_agrees_with_a_dictionary_through_adding_and_removing() =>
        Prop.ForAll(
                Gen.Choose(-40, 40).Where(n => n != 0).ListOf().Select(l => l.ToArray()).ToArbitrary(),
                steps =>
                {
                    var hash = new KeyedHash(1, 2);
                    var shard = ShardOf(100, hash);
                    var expected = new HashSet<ulong>();
                    foreach (var step in steps)
                    {
                        var key = (ulong)Math.Abs(step);
                        if (step > 0)
                        {
                            shard.FindOrAdd(key, hash.Of(key), out var isNew);
                            isNew.ShouldBe(expected.Add(key));
                        }
                        else
                        {
                            shard.Remove(key).ShouldBe(expected.Remove(key));
                        }

                        shard.Count.ShouldBe(expected.Count);
                    }

                    for (ulong key = 1; key <= 40; key++)
                    {
                        ref var found = ref shard.Find(key, hash.Of(key));
                        var isThere = !Unsafe.IsNullRef(ref found);
                        isThere.ShouldBe(expected.Contains(key));
                        if (isThere)
                        {
                            found.Key.ShouldBe(key);
                        }
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Records_that_all_meet_in_one_group_are_found_and_leave_no_trace()
    {
        // A hash that knows only its lower half sends every key to the first group, which passes on what it has no room for.
        var shard = ShardOf(100, new KeyedHash(1, 2));
        for (ulong key = 1; key <= 60; key++)
        {
            shard.FindOrAdd(key, key % 3, out var isNew);
            isNew.ShouldBeTrue();
        }

        for (ulong key = 1; key <= 60; key++)
        {
            shard.Find(key, key % 3).Key.ShouldBe(key);
        }

        shard.CountLines(60, 0).ShouldBeGreaterThan(2);
        shard.CountLines(61, 0).ShouldBeGreaterThan(1);
        shard.Clear();
        shard.CountLines(60, 0).ShouldBe(1);
    }

    [Fact]
    public void A_group_that_passed_a_record_on_forgets_it_when_the_record_goes()
    {
        var hash = new KeyedHash(1, 2);
        var shard = ShardOf(200, hash);
        for (ulong key = 1; key <= 200; key++)
        {
            shard.FindOrAdd(key, hash.Of(key), out _);
        }

        for (ulong key = 1; key <= 200; key++)
        {
            shard.Remove(key).ShouldBeTrue();
        }

        for (ulong key = 1; key <= 200; key++)
        {
            shard.CountLines(key, hash.Of(key)).ShouldBe(1);
        }
    }

    [Fact]
    public void A_number_is_found_by_two_lines_of_the_cache_and_missed_by_one()
    {
        var table = new RateTable(20_000);
        for (var n = 0; n < 20_000; n++)
        {
            table.End(CallerOf(n), CallEnding.Talked, Calls.Noon);
        }

        Enumerable.Range(0, 20_000).Average(n => table.CountLines(CallerOf(n))).ShouldBeInRange(1.9, 2.1);
        Enumerable.Range(50_000, 20_000).Average(n => table.CountLines(CallerOf(n))).ShouldBeInRange(1, 1.1);
    }

    [Fact]
    public void A_full_table_keeps_its_bounds_and_whoever_is_seen_stays()
    {
        var table = new RecordTable<RateRecord>(8);
        for (ulong key = 1; key <= 1000; key++)
        {
            Touch(table, 1, (uint)key);
            Touch(table, key, (uint)key);
        }

        table.Count.ShouldBe(8);
        var shard = table.ShardOf(table.HashOf(1));
        Unsafe.IsNullRef(ref shard.Find(1, table.HashOf(1))).ShouldBeFalse();
        Unsafe.IsNullRef(ref shard.Find(2, table.HashOf(2))).ShouldBeTrue();
    }

    [Fact]
    public void A_record_takes_what_is_promised()
    {
        Unsafe.SizeOf<RateRecord>().ShouldBe(CacheLine.Size);
        var table = new RateTable(100_000);
        for (var n = 0; n < 110_000; n++)
        {
            table.End(Ringfence.Screening.Facts.Party.Parse($"+33{n:D9}"), CallEnding.Talked, Calls.Noon);
        }

        table.Count.ShouldBeInRange(99_000, 100_100);
        (table.Bytes / 100_000.0).ShouldBeLessThan(76);
        Should.Throw<ArgumentOutOfRangeException>(() => new RateTable(0));
    }

    private static Ringfence.Screening.Facts.Party CallerOf(int n) =>
        Ringfence.Screening.Facts.Party.Parse($"+33{n:D9}");

    private static RecordShard<RateRecord> ShardOf(int capacity, KeyedHash hash)
    {
        var groups = PlaceIndex.GroupsFor(capacity);
        var index = new PlaceIndex(PlaceIndex.Allocate(groups), 0, groups);
        return new RecordShard<RateRecord>(capacity, hash, new RecordPages<RateRecord>(1, capacity), index);
    }

    private static void Touch(RecordTable<RateRecord> table, ulong key, uint at)
    {
        var hash = table.HashOf(key);
        table.ShardOf(hash).FindOrAdd(key, hash, out _).LastSeen = at;
    }
}
