using System.Net;
using Ringfence.Media.Rtp;

namespace Ringfence.Media.Tests.Rtp;

public sealed class MediaClockTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Ticks_come_every_20_ms_and_sweeps_every_10_without_drift()
    {
        var (clock, stream) = Driven();
        for (var i = 0; i < 100_000; i++)
        {
            // Each wake is up to 1.3 ms late; nothing of that may add up.
            _time.Advance(clock.Advance() + TimeSpan.FromMilliseconds(i % 14 / 10.0));
        }
        var elapsed = clock.Now;
        stream.Ticks.ShouldBeInRange((int)(elapsed / MediaClock.Interval) - 1, (int)(elapsed / MediaClock.Interval));
        stream.Sweeps.ShouldBeInRange(
            (int)(elapsed / MediaClock.SweepInterval) - 2,
            (int)(elapsed / MediaClock.SweepInterval)
        );
        stream.Skipped.ShouldBe(0);
        clock.Lateness.Count.ShouldBe(stream.Ticks);
        clock.Lateness.Worst.ShouldBeLessThan(TimeSpan.FromMilliseconds(2));
    }

    [Fact]
    public void A_short_hold_up_is_made_up_for()
    {
        var (clock, stream) = Driven();
        _time.Advance(TimeSpan.FromMilliseconds(85));
        clock.Advance();
        stream.Ticks.ShouldBe(4);
        stream.Sweeps.ShouldBeLessThanOrEqualTo(2);
        clock.Skipped.ShouldBe(0);
        clock.Lateness[6].ShouldBe(1);
    }

    [Fact]
    public void A_long_hold_up_is_made_up_for_in_bounds_and_the_rest_is_reported()
    {
        var (clock, stream) = Driven();
        _time.Advance(TimeSpan.FromSeconds(10));
        clock.Advance();
        stream.Ticks.ShouldBe(MediaClock.MaxCatchUp);
        clock.Skipped.ShouldBe(495);
        _time.Advance(TimeSpan.FromMilliseconds(20));
        clock.Advance();
        stream.Ticks.ShouldBe(MediaClock.MaxCatchUp + 1);
        stream.Skipped.ShouldBe(495);
    }

    [Fact]
    public void A_stream_that_throws_is_let_go_of_and_the_others_go_on()
    {
        var (clock, stream) = Driven();
        var bad = new Stream { Throws = true };
        var faulted = new List<IMediaStream>();
        clock.Faulted += (faulty, _) => faulted.Add(faulty);
        clock.Add(bad);
        _time.Advance(TimeSpan.FromMilliseconds(20));
        clock.Advance();
        faulted.ShouldBe([bad]);
        bad.WasRemoved.ShouldBeTrue();
        clock.Streams.ShouldBe(1);
        stream.Ticks.ShouldBe(1);
    }

    [Fact]
    public void A_removed_stream_hears_of_it_once_and_is_not_driven_again()
    {
        var (clock, stream) = Driven();
        var others = Enumerable.Range(0, 5).Select(_ => new Stream()).ToList();
        others.ForEach(clock.Add);
        clock.Remove(stream);
        clock.Remove(stream);
        clock.Remove(others[2]);
        _time.Advance(TimeSpan.FromMilliseconds(20));
        clock.Advance();
        stream.WasRemoved.ShouldBeTrue();
        stream.Ticks.ShouldBe(0);
        others.Count(other => other.Ticks == 1).ShouldBe(4);
        clock.Dispose();
        others.ShouldAllBe(other => other.WasRemoved);
    }

    [Fact]
    public void Streams_are_spread_over_the_20_ms_and_each_keeps_its_beat()
    {
        var clock = new MediaClock(_time);
        var streams = Enumerable.Range(0, 3 * MediaClock.Phases).Select(_ => new Stream()).ToList();
        streams.ForEach(clock.Add);
        clock.Advance();
        var step = MediaClock.Interval / MediaClock.Phases;
        for (var i = 0; i < 20 * MediaClock.Phases; i++)
        {
            _time.Advance(step);
            var before = streams.Sum(stream => stream.Ticks);
            clock.Advance();
            (streams.Sum(stream => stream.Ticks) - before).ShouldBe(3);
        }
        streams.ShouldAllBe(stream => stream.Ticks == 20 && stream.Skipped == 0);
        streams.ShouldAllBe(stream => stream.Beats.All(beat => beat == MediaClock.Interval));
    }

    [Fact]
    public void A_stream_is_owed_nothing_of_the_time_when_the_clock_had_none()
    {
        var clock = new MediaClock(_time);
        clock.Advance();
        _time.Advance(TimeSpan.FromMinutes(1));
        var stream = new Stream();
        clock.Add(stream);
        clock.Advance();
        stream.Ticks.ShouldBe(0);
        _time.Advance(MediaClock.Interval);
        clock.Advance();
        (stream.Ticks, stream.Skipped, clock.Skipped).ShouldBe((1, 0, 0));
    }

    [Fact]
    public void What_comes_to_a_socket_is_taken_at_once_and_in_order()
    {
        var clock = new MediaClock(_time);
        using var from = RtpSocket.Open(new IPEndPoint(IPAddress.Loopback, 0))!;
        using var to = RtpSocket.Open(new IPEndPoint(IPAddress.Loopback, 0))!;
        var stream = new Stream { Socket = to };
        clock.Add(stream);
        clock.Advance();
        for (byte i = 0; i < 5; i++)
        {
            from.Send([i], to.LocalEndPoint.Serialize());
        }
        if (!OperatingSystem.IsLinux())
        {
            _time.Advance(MediaClock.SweepInterval);
        }
        clock.Advance();
        stream.Received.ShouldBe([0, 1, 2, 3, 4]);
        clock.Remove(stream);
        clock.Advance();
        from.Send([5], to.LocalEndPoint.Serialize());
        clock.Advance();
        stream.Received.Count.ShouldBe(5);
        clock.Dispose();
    }

    [Fact]
    public async Task The_thread_drives_streams()
    {
        using var clock = new MediaClock(TimeProvider.System);
        var ticked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        clock.Add(new Stream { Ticked = ticked.SetResult });
        clock.Start();
        await ticked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private (MediaClock Clock, Stream Stream) Driven()
    {
        var clock = new MediaClock(_time);
        var stream = new Stream();
        clock.Add(stream);
        clock.Advance();
        return (clock, stream);
    }

    private sealed class Stream : IMediaStream
    {
        public int Ticks { get; private set; }
        public int Sweeps { get; private set; }
        public int Skipped { get; private set; }
        public bool WasRemoved { get; private set; }
        public bool Throws { get; init; }
        public Action? Ticked { get; set; }
        public RtpSocket? Socket { get; init; }
        public List<byte> Received { get; } = [];
        public IEnumerable<RtpSocket> Sockets => Socket is null ? [] : [Socket];
        public List<TimeSpan> Beats { get; } = [];
        private TimeSpan? _ticked;

        public void Sweep(TimeSpan now)
        {
            WasRemoved.ShouldBeFalse();
            Sweeps++;
            Span<byte> datagram = stackalloc byte[16];
            while (Socket?.Receive(datagram) is > 0)
            {
                Received.Add(datagram[0]);
            }
        }

        public void Tick(TimeSpan now, int skipped)
        {
            if (Throws)
            {
                throw new InvalidOperationException("bad stream");
            }
            Ticks++;
            if (_ticked is { } before)
            {
                Beats.Add(now - before);
            }
            _ticked = now;
            Skipped += skipped;
            Ticked?.Invoke();
            Ticked = null;
        }

        public void Removed()
        {
            WasRemoved.ShouldBeFalse();
            WasRemoved = true;
        }
    }
}
