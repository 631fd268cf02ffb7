using Ringfence.Sip.Time;

namespace Ringfence.Sip.Lanes;

/// <summary>
/// One thread's world: its timers, its clock, its randomness, and the bounded ring by which other threads reach it. A call
/// lives on one lane from its first message to its last, so nothing in it needs a lock.
/// </summary>
public sealed class Lane
{
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly LaneRing _ring;
    private TaskCompletionSource? _room;
    private long _refused;

    /// <summary>A lane that its driver turns: a thread in the product, the test itself in a test.</summary>
    /// <param name="index">Its number, 0 to the number of lanes − 1.</param>
    /// <param name="clock">Where time comes from.</param>
    /// <param name="random">Where tags, branches and Call-IDs come from.</param>
    /// <param name="ringCapacity">How many pieces of work may wait, a power of two.</param>
    public Lane(int index, TimeProvider clock, LaneRandom random, int ringCapacity = 4096)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(random);
        Index = index;
        Random = random;
        _clock = clock;
        _start = clock.GetTimestamp();
        _ring = new LaneRing(ringCapacity);
        Timers = new TimerWheel(0, Elapsed);
    }

    /// <summary>The lane's number.</summary>
    public int Index { get; }

    /// <summary>The lane's timers, in milliseconds since the lane began.</summary>
    public TimerWheel Timers { get; }

    /// <summary>The lane's randomness.</summary>
    public LaneRandom Random { get; }

    /// <summary>The wall clock, for dates in messages and records.</summary>
    public DateTimeOffset UtcNow => _clock.GetUtcNow();

    /// <summary>Milliseconds since the lane began, as of the last turn.</summary>
    public long Now => Timers.Now;

    /// <summary>How many pieces of work wait.</summary>
    public int QueueDepth => _ring.Count;

    /// <summary>How many pieces of work were refused because the ring was full.</summary>
    public long Refused => Volatile.Read(ref _refused);

    internal LaneGroup? Group { get; init; }

    /// <summary>Set by the driver: wakes the lane's thread when it blocks. May be called from any thread.</summary>
    public Action? Wake { get; set; }

    /// <summary>Hands work to the lane from any thread; false (and counted) when its ring is full.</summary>
    public bool Post(LaneWork work)
    {
        if (TryPost(work))
        {
            return true;
        }

        Interlocked.Increment(ref _refused);
        return false;
    }

    /// <summary>
    /// Hands work to the lane from any thread and waits for room when its ring is full: for work that must not be lost and
    /// whose source can be made to wait.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was room.</exception>
    public async ValueTask PostAsync(LaneWork work, CancellationToken token = default)
    {
        while (!TryPost(work))
        {
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            TaskCompletionSource room = Interlocked.CompareExchange(ref _room, mine, null) ?? mine;
            if (_ring.IsFull)
            {
                await room.Task.WaitAsync(token).ConfigureAwait(false);
            }
        }
    }

    /// <summary>True when a call with this Call-ID lives on this lane.</summary>
    public bool Owns(ReadOnlySpan<byte> callId) => Group is null || Group.LaneOf(callId) == Index;

    /// <summary>
    /// Writes a new random Call-ID of letters and digits that falls on this lane: for a second leg that is to live beside
    /// the first. On the lane's thread only.
    /// </summary>
    public void FillCallId(Span<byte> callId)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(callId.Length, 16);
        do
        {
            Random.FillToken(callId);
        } while (!Owns(callId));
    }

    /// <summary>One turn, on the lane's thread: what is due and what was posted. Returns the milliseconds until the next timer, −1 for none.</summary>
    public long Turn()
    {
        Timers.Advance(Elapsed());
        for (int budget = _ring.Capacity; budget > 0 && _ring.TryTake(out LaneWork? work); budget--)
        {
            work.Run(this);
        }

        if (Volatile.Read(ref _room) is not null)
        {
            Interlocked.Exchange(ref _room, null)!.SetResult();
        }

        return Timers.NextDue();
    }

    private long Elapsed() => (long)_clock.GetElapsedTime(_start).TotalMilliseconds;

    private bool TryPost(LaneWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!_ring.TryAdd(work))
        {
            return false;
        }

        Wake?.Invoke();
        return true;
    }
}
