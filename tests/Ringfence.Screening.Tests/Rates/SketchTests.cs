using FsCheck;
using FsCheck.Fluent;
using Ringfence.Screening.Rates;

namespace Ringfence.Screening.Tests.Rates;

public sealed class SketchTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(5, 4, 6)]
    [InlineData(20, 14, 27)]
    [InlineData(100, 60, 150)]
    [InlineData(1000, 600, 1500)]
    [InlineData(20_000, 12_000, 30_000)]
    public void The_estimate_is_near(int things, int least, int most)
    {
        // The typical error is 18 %; the median of a few seeds must lie well within.
        var estimates = Enumerable
            .Range(0, 15)
            .Select(seed => Of(Enumerable.Range(0, things).Select(n => (seed * 1_000_003) + n)).Estimate())
            .Order()
            .ToArray();
        estimates[7].ShouldBeInRange(least, most);
    }

    [Fact]
    public void The_same_thing_counts_once() => Of(Enumerable.Repeat(7, 1000)).Estimate().ShouldBe(1);

    [Fact]
    public void The_union_is_what_one_would_have_seen_alone() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int[]>(),
                ArbMap.Default.ArbFor<int[]>(),
                (a, b) =>
                {
                    var (left, right, both) = (Of(a), Of(b), Of(a.Concat(b)));
                    left.Union(right);
                    left.ShouldBe(both);
                }
            )
            .QuickCheckThrowOnFailure();

    private static Sketch Of(IEnumerable<int> things)
    {
        var sketch = default(Sketch);
        foreach (var thing in things)
        {
            sketch.Add(TrackedKey.Mix((ulong)thing + 1));
        }

        return sketch;
    }
}
