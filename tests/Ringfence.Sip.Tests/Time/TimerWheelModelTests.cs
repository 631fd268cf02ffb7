using FsCheck;
using FsCheck.Fluent;
using Ringfence.Sip.Time;

namespace Ringfence.Sip.Tests.Time;

/// <summary>The wheel against a sorted list: the same calls, in the same order, at the same times.</summary>
public class TimerWheelModelTests
{
    private const int Entries = 64;
    private const int OperationsPerRun = 1000;

    [Fact]
    public void A_hundred_thousand_random_operations_call_what_a_sorted_list_would_call()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Agree(new Random(seed)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(2026, 607));
    }

    private static void Agree(Random random)
    {
        long start = random.NextInt64(1L << random.Next(1, 36));
        var wheel = new TimerWheel(start);
        var called = new List<(int, long)>();
        var model = new WheelModel(start);
        CallbackEntry[] entries =
        [
            .. Enumerable.Range(0, Entries).Select(i => new CallbackEntry((_, now) => called.Add((i, now)))),
        ];

        for (int operation = 0; operation < OperationsPerRun; operation++)
        {
            int which = random.Next(Entries);
            switch (random.Next(4))
            {
                case 0 or 1:
                    long delay = random.NextInt64(1L << random.Next(1, 27));
                    wheel.Arm(entries[which], delay);
                    model.Arm(which, Math.Max(1, delay));
                    break;
                case 2:
                    wheel.Disarm(entries[which]);
                    model.Disarm(which);
                    break;
                default:
                    long to = wheel.Now + random.NextInt64(1L << random.Next(1, 25));
                    long promised = wheel.NextDue();
                    long actual = model.NextDue();
                    (promised < 0 ? actual < 0 : promised <= actual).ShouldBeTrue();
                    wheel.Advance(to);
                    called.ShouldBe(model.Advance(to));
                    called.Clear();
                    break;
            }

            wheel.Count.ShouldBe(model.Count);
        }
    }
}
