using FsCheck;
using FsCheck.Fluent;
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
                    var shard = new RecordShard<RateRecord>(100);
                    var expected = new HashSet<ulong>();
                    foreach (var step in steps)
                    {
                        var key = (ulong)Math.Abs(step);
                        if (step > 0)
                        {
                            shard.FindOrAdd(key, TrackedKey.Mix(key), out var isNew);
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
                        ref var found = ref shard.Find(key, TrackedKey.Mix(key));
                        var isThere = !System.Runtime.CompilerServices.Unsafe.IsNullRef(ref found);
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
    public void A_full_table_keeps_its_bounds_and_whoever_is_seen_stays()
    {
        var table = new RecordTable<RateRecord>(8);
        for (ulong key = 1; key <= 1000; key++)
        {
            Touch(table, 1, (uint)key);
            Touch(table, key, (uint)key);
        }

        table.Count.ShouldBe(8);
        var shard = table.ShardOf(TrackedKey.Mix(1));
        System.Runtime.CompilerServices.Unsafe.IsNullRef(ref shard.Find(1, TrackedKey.Mix(1))).ShouldBeFalse();
        System.Runtime.CompilerServices.Unsafe.IsNullRef(ref shard.Find(2, TrackedKey.Mix(2))).ShouldBeTrue();
    }

    [Fact]
    public void A_record_takes_what_is_promised()
    {
        System.Runtime.CompilerServices.Unsafe.SizeOf<RateRecord>().ShouldBe(80);
        var table = new RateTable(100_000);
        for (var n = 0; n < 110_000; n++)
        {
            table.End(Ringfence.Screening.Facts.Party.Parse($"+33{n:D9}"), CallEnding.Talked, Calls.Noon);
        }

        table.Count.ShouldBeInRange(99_000, 100_100);
        (table.Bytes / 100_000.0).ShouldBeLessThan(88);
        Should.Throw<ArgumentOutOfRangeException>(() => new RateTable(0));
    }

    private static void Touch(RecordTable<RateRecord> table, ulong key, uint at)
    {
        var hash = TrackedKey.Mix(key);
        table.ShardOf(hash).FindOrAdd(key, hash, out _).LastSeen = at;
    }
}
