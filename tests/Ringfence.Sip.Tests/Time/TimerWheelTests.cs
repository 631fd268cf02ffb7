using Ringfence.Sip.Time;

namespace Ringfence.Sip.Tests.Time;

public class TimerWheelTests
{
    private readonly List<(string Name, long At)> _called = [];

    private CallbackEntry Entry(string name) => new((_, now) => _called.Add((name, now)));

    [Fact]
    public void Entries_are_called_in_order_of_due_time()
    {
        var wheel = new TimerWheel(0);
        wheel.Arm(Entry("late"), 70_000);
        wheel.Arm(Entry("soon"), 3);
        wheel.Arm(Entry("middle"), 300);

        wheel.Advance(100_000);

        _called.ShouldBe([("soon", 3), ("middle", 300), ("late", 70_000)]);
        wheel.Count.ShouldBe(0);
        wheel.Now.ShouldBe(100_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(70_000)]
    [InlineData(17_000_000)]
    public void Entries_due_together_are_called_in_the_order_of_arming(long due)
    {
        var wheel = new TimerWheel(0);
        wheel.Arm(Entry("first"), due);
        wheel.Arm(Entry("second"), due);
        wheel.Advance(due / 2);
        wheel.Arm(Entry("third"), due - (due / 2));

        wheel.Advance(due);

        _called.ShouldBe([("first", due), ("second", due), ("third", due)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(16_777_215)]
    [InlineData(16_777_216)]
    [InlineData(16_777_217)]
    [InlineData(4_294_967_295)]
    public void An_entry_is_called_at_its_millisecond_whatever_the_level(long delay)
    {
        foreach (long start in (long[])[0, 1, 255, 256, 65_535, 16_777_216 + 7, 4_294_967_295])
        {
            _called.Clear();
            var wheel = new TimerWheel(start);
            wheel.Arm(Entry("it"), delay);

            wheel.Advance(start + delay - 1);
            _called.ShouldBeEmpty();
            wheel.Advance(start + delay);

            _called.ShouldBe([("it", start + delay)]);
        }
    }

    [Fact]
    public void A_delay_of_zero_is_one_millisecond_so_that_an_entry_cannot_keep_the_wheel_from_going_on()
    {
        var wheel = new TimerWheel(0);
        int calls = 0;
        var entry = new CallbackEntry(
            (self, _) =>
            {
                calls++;
                wheel.Arm(self, 0);
            }
        );
        wheel.Arm(entry, 0);

        wheel.Advance(10);

        calls.ShouldBe(10);
    }

    [Fact]
    public void An_entry_may_arm_itself_anew_when_called()
    {
        var wheel = new TimerWheel(0);
        var times = new List<long>();
        var entry = new CallbackEntry(
            (self, now) =>
            {
                self.IsArmed.ShouldBeFalse();
                times.Add(now);
                wheel.Arm(self, now);
            }
        );
        wheel.Arm(entry, 500);

        wheel.Advance(32_000);

        times.ShouldBe([500, 1000, 2000, 4000, 8000, 16_000, 32_000]);
        wheel.Count.ShouldBe(1);
    }

    [Fact]
    public void What_is_armed_after_long_work_counts_from_then()
    {
        long clock = 0;
        var wheel = new TimerWheel(0, () => clock);
        wheel.Advance(10);

        clock = 600;
        wheel.Arm(Entry("sent"), 500);

        wheel.NextDue().ShouldBeLessThanOrEqualTo(1_090);
        wheel.Advance(1_099);
        _called.ShouldBeEmpty();
        wheel.Advance(1_100);
        _called.ShouldBe([("sent", 1_100)]);
    }

    [Fact]
    public void What_is_armed_by_an_entry_called_late_counts_from_when_that_was_due()
    {
        long clock = 0;
        var wheel = new TimerWheel(0, () => clock);
        wheel.Arm(new CallbackEntry((_, _) => wheel.Arm(Entry("next"), 50)), 100);

        clock = 1_000;
        wheel.Advance(1_000);

        _called.ShouldBe([("next", 150)]);
    }

    [Fact]
    public void An_entry_may_disarm_another_that_is_due_at_the_same_time()
    {
        var wheel = new TimerWheel(0);
        CallbackEntry other = Entry("other");
        wheel.Arm(new CallbackEntry((_, _) => wheel.Disarm(other)), 5);
        wheel.Arm(other, 5);
        wheel.Arm(Entry("third"), 5);

        wheel.Advance(5);

        _called.ShouldBe([("third", 5)]);
        wheel.Count.ShouldBe(0);
    }

    [Fact]
    public void Arming_an_armed_entry_moves_it()
    {
        var wheel = new TimerWheel(0);
        CallbackEntry entry = Entry("it");
        wheel.Arm(entry, 5);
        wheel.Arm(entry, 500);
        wheel.Count.ShouldBe(1);

        wheel.Advance(1000);

        _called.ShouldBe([("it", 500)]);
    }

    [Fact]
    public void A_disarmed_entry_is_not_called_and_may_be_disarmed_again()
    {
        var wheel = new TimerWheel(0);
        CallbackEntry entry = Entry("it");
        wheel.Arm(entry, 300);
        wheel.Disarm(entry);
        wheel.Disarm(entry);

        wheel.Advance(1000);

        _called.ShouldBeEmpty();
        wheel.Count.ShouldBe(0);
        wheel.NextDue().ShouldBe(-1);
    }

    [Fact]
    public void The_next_due_time_is_exact_within_a_turn_and_never_late()
    {
        var wheel = new TimerWheel(100);
        wheel.Arm(Entry("near"), 50);
        wheel.NextDue().ShouldBe(50);

        wheel.Advance(150);
        wheel.Arm(Entry("far"), 32_000);
        long waits = 0;
        while (_called.Count < 2)
        {
            wheel.Advance(wheel.Now + wheel.NextDue());
            waits++;
        }

        _called[1].ShouldBe(("far", 32_150));
        waits.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void A_clock_that_goes_back_changes_nothing()
    {
        var wheel = new TimerWheel(1000);
        wheel.Arm(Entry("it"), 10);

        wheel.Advance(500);

        wheel.Now.ShouldBe(1000);
        _called.ShouldBeEmpty();
    }

    [Fact]
    public void A_negative_delay_is_refused()
    {
        var wheel = new TimerWheel(0);

        Should.Throw<ArgumentOutOfRangeException>(() => wheel.Arm(Entry("it"), -1));
    }

    [Fact]
    public void Arming_and_disarming_allocate_nothing()
    {
        var wheel = new TimerWheel(0);
        CallbackEntry entry = Entry("it");
        wheel.Arm(entry, 1);
        wheel.Disarm(entry);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            wheel.Arm(entry, i * 37);
            wheel.Disarm(entry);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
