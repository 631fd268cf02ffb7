using Ringfence.Sip.Lanes;
using Ringfence.Sip.Tests.Time;
using Ringfence.Sip.Time;

namespace Ringfence.Sip.Tests.Lanes;

public class LaneTests
{
    private readonly ManualClock _clock = new();
    private readonly List<string> _done = [];

    private Lane NewLane(int capacity = 4) => new(0, _clock, LaneRandom.Seeded(1), capacity);

    private RunWork Work(string name) => new(_ => _done.Add(name));

    [Fact]
    public void A_turn_calls_what_is_due_and_then_what_was_posted_in_order()
    {
        Lane lane = NewLane();
        lane.Timers.Arm(new CallbackEntry((_, now) => _done.Add($"timer {now}")), 20);
        lane.Post(Work("one"));
        lane.Post(Work("two"));
        _clock.Advance(TimeSpan.FromMilliseconds(25));

        lane.Turn().ShouldBe(-1);

        _done.ShouldBe(["timer 20", "one", "two"]);
        lane.Now.ShouldBe(25);
    }

    [Fact]
    public void A_turn_says_how_long_until_the_next_timer()
    {
        Lane lane = NewLane();
        lane.Timers.Arm(new CallbackEntry((_, _) => { }), 40);
        _clock.Advance(TimeSpan.FromMilliseconds(15));

        lane.Turn().ShouldBe(25);
    }

    [Fact]
    public void A_full_ring_refuses_and_counts_and_takes_again_after_a_turn()
    {
        Lane lane = NewLane(capacity: 2);
        lane.Post(Work("one")).ShouldBeTrue();
        lane.Post(Work("two")).ShouldBeTrue();

        lane.Post(Work("three")).ShouldBeFalse();

        lane.Refused.ShouldBe(1);
        lane.QueueDepth.ShouldBe(2);
        lane.Turn();
        lane.Post(Work("four")).ShouldBeTrue();
        lane.Turn();
        _done.ShouldBe(["one", "two", "four"]);
    }

    [Fact]
    public async Task Waiting_for_room_ends_with_the_turn_that_makes_it()
    {
        Lane lane = NewLane(capacity: 2);
        lane.Post(Work("one"));
        lane.Post(Work("two"));
        Task waiting = lane.PostAsync(Work("three"), TestContext.Current.CancellationToken).AsTask();
        waiting.IsCompleted.ShouldBeFalse();

        lane.Turn();
        await waiting.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        lane.Turn();

        _done.ShouldBe(["one", "two", "three"]);
        lane.Refused.ShouldBe(0);
    }

    [Fact]
    public async Task Waiting_for_room_can_be_given_up()
    {
        Lane lane = NewLane(capacity: 2);
        lane.Post(Work("one"));
        lane.Post(Work("two"));
        using var source = new CancellationTokenSource();
        Task waiting = lane.PostAsync(Work("three"), source.Token).AsTask();

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    [Fact]
    public void Work_posted_by_work_runs_within_the_same_turn()
    {
        Lane lane = NewLane();
        lane.Post(
            new RunWork(self =>
            {
                _done.Add("outer");
                self.Post(Work("inner"));
            })
        );

        lane.Turn();

        _done.ShouldBe(["outer", "inner"]);
    }

    [Fact]
    public void Work_that_posts_itself_for_ever_does_not_hold_the_lane_for_ever()
    {
        Lane lane = NewLane(capacity: 4);
        RunWork? work = null;
        int runs = 0;
        work = new RunWork(self =>
        {
            runs++;
            self.Post(work!);
        });
        lane.Post(work);

        lane.Turn();

        runs.ShouldBe(4);
        lane.QueueDepth.ShouldBe(1);
    }

    [Fact]
    public void Many_threads_may_post_and_nothing_is_lost_doubled_or_out_of_each_threads_order()
    {
        const int perThread = 3_000;
        Lane lane = NewLane(capacity: 64);
        var seen = new List<(int Thread, int Number)>();
        Thread[] threads =
        [
            .. Enumerable
                .Range(0, 3)
                .Select(t => new Thread(() =>
                {
                    for (int i = 0; i < perThread; i++)
                    {
                        int number = i;
                        var work = new RunWork(_ => seen.Add((t, number)));
                        while (!lane.Post(work))
                        {
                            Thread.Yield();
                        }
                    }
                })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        while (seen.Count < threads.Length * perThread)
        {
            lane.Turn();
        }

        Array.ForEach(threads, thread => thread.Join());
        for (int t = 0; t < threads.Length; t++)
        {
            seen.Where(item => item.Thread == t).Select(item => item.Number).ShouldBe(Enumerable.Range(0, perThread));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_ring_holds_a_power_of_two(int capacity)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => NewLane(capacity));
    }

    [Fact]
    public void The_same_seed_gives_the_same_tokens_of_letters_and_digits()
    {
        byte[] one = new byte[4000];
        byte[] other = new byte[4000];
        LaneRandom.Seeded(5).FillToken(one);
        LaneRandom.Seeded(5).FillToken(other);

        one.ShouldBe(other);
        one.ShouldAllBe(b => char.IsAsciiLetterLower((char)b) || char.IsAsciiDigit((char)b));
        one.Distinct().Count().ShouldBe(32);
    }
}
