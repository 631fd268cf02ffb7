namespace Ringfence.Edge.Tests.Stages;

/// <summary>A clock that stands still until it is set; only what asks for the time goes by it, timers of fetches run on.</summary>
internal sealed class TestClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.Ticks;

    internal void Advance(TimeSpan time) => _now += time;
}
