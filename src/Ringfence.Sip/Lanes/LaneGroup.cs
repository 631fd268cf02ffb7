namespace Ringfence.Sip.Lanes;

/// <summary>
/// The lanes of one process and the rule by which a call belongs to one of them: a keyed hash of its Call-ID, so that nobody
/// outside can aim at a lane. Safe for any thread.
/// </summary>
public sealed class LaneGroup
{
    /// <summary>The most lanes that a group may have.</summary>
    public const int MaxLanes = 64;

    private readonly Lane[] _lanes;
    private readonly KeyedHash _hash;

    /// <summary>Lanes on a clock.</summary>
    /// <param name="count">How many, 1 to <see cref="MaxLanes"/>: about one a processor.</param>
    /// <param name="clock">Where they take the time from.</param>
    /// <param name="random">Makes each lane's randomness; the group's key is drawn from lane 0's.</param>
    /// <param name="ringCapacity">How many pieces of work may wait at each lane, a power of two.</param>
    public LaneGroup(int count, TimeProvider clock, Func<int, LaneRandom> random, int ringCapacity = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxLanes);
        ArgumentNullException.ThrowIfNull(random);
        _lanes =
        [
            .. Enumerable.Range(0, count).Select(i => new Lane(i, clock, random(i), ringCapacity) { Group = this }),
        ];
        _hash = KeyedHash.From(_lanes[0].Random);
    }

    /// <summary>The lanes, in order of their number.</summary>
    public IReadOnlyList<Lane> Lanes => _lanes;

    /// <summary>The number of the lane that a Call-ID falls on; Call-IDs are compared byte by byte (RFC 3261 §20.8).</summary>
    public int LaneOf(ReadOnlySpan<byte> callId) =>
        _lanes.Length == 1 ? 0 : (int)(((_hash.Of(callId) >> 32) * (ulong)_lanes.Length) >> 32);
}
