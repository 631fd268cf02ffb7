namespace Ringfence.Stir.Tests;

/// <summary>A clock that stands where the test puts it.</summary>
internal sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    public static readonly DateTimeOffset Golden = DateTimeOffset.FromUnixTimeSeconds(1_700_000_010);

    private DateTimeOffset _now = now;

    public TestClock()
        : this(Golden) { }

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
