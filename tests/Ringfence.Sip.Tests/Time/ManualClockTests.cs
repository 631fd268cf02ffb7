using Ringfence.Sip.Time;

namespace Ringfence.Sip.Tests.Time;

public class ManualClockTests
{
    [Fact]
    public void Nothing_passes_until_it_is_turned()
    {
        var clock = new ManualClock();
        long before = clock.GetTimestamp();

        clock.GetElapsedTime(before).ShouldBe(TimeSpan.Zero);
        clock.Advance(TimeSpan.FromMilliseconds(1500));

        clock.GetElapsedTime(before).ShouldBe(TimeSpan.FromMilliseconds(1500));
        clock.GetUtcNow().ShouldBe(new DateTimeOffset(2026, 1, 1, 0, 0, 1, 500, TimeSpan.Zero));
    }

    [Fact]
    public void Timers_are_called_in_order_each_at_its_own_time()
    {
        var clock = new ManualClock();
        var called = new List<(string, double)>();
        using ITimer late = Timer(clock, called, "late", 30, Timeout.Infinite);
        using ITimer periodic = Timer(clock, called, "periodic", 10, 15);

        clock.Advance(TimeSpan.FromMilliseconds(40));

        called.ShouldBe([("periodic", 10), ("periodic", 25), ("late", 30), ("periodic", 40)]);
        clock.Elapsed.ShouldBe(TimeSpan.FromMilliseconds(40));
    }

    [Fact]
    public void A_changed_or_disposed_timer_is_not_called_at_its_old_time()
    {
        var clock = new ManualClock();
        var called = new List<(string, double)>();
        ITimer disposed = Timer(clock, called, "disposed", 10, Timeout.Infinite);
        using ITimer changed = Timer(clock, called, "changed", 10, Timeout.Infinite);

        disposed.Dispose();
        changed.Change(TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromMilliseconds(100));

        called.ShouldBe([("changed", 20)]);
    }

    [Fact]
    public void A_timer_may_stop_itself_when_called()
    {
        var clock = new ManualClock();
        int calls = 0;
        ITimer? timer = null;
        timer = clock.CreateTimer(
            _ =>
            {
                calls++;
                timer!.Dispose();
            },
            null,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1)
        );

        clock.Advance(TimeSpan.FromSeconds(10));

        calls.ShouldBe(1);
    }

    [Fact]
    public void It_cannot_be_turned_back()
    {
        var clock = new ManualClock();

        Should.Throw<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromMilliseconds(-1)));
    }

    private static ITimer Timer(ManualClock clock, List<(string, double)> called, string name, int due, int period) =>
        clock.CreateTimer(
            _ => called.Add((name, clock.Elapsed.TotalMilliseconds)),
            null,
            TimeSpan.FromMilliseconds(due),
            TimeSpan.FromMilliseconds(period)
        );
}
