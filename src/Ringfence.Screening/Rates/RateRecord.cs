using System.Runtime.InteropServices;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Rates;

/// <summary>What is kept of one number: one line of the cache, whatever it does.</summary>
/// <remarks>
/// Counts run in a present and a past window; read together, the past one weighs as much as of it still lies within the
/// window that ends now. How calls ended fades by half each day.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct RateRecord : ITrackedRecord<RateRecord>
{
    private const int Minute = 60;
    private const int Hour = 3600;
    private const int Day = 86_400;
    private const int BurstWindow = 60;
    private const int MinEnded = 5;
    private const int NeighbourDigits = 4;
    private const int MaxKnownHours = 60_000;

    // Keys leave these bits free, so that the run of neighbouring callees has room here.
    private const int RunShift = TrackedKey.FreeShift;
    private const ulong RunMask = (ulong)MaxRun << RunShift;
    private const int MaxRun = (1 << TrackedKey.FreeBits) - 1;

    private ulong _keyAndRun;
    private uint _lastSeen;
    private Sketch _others;
    private Sketch _othersBefore;
    private WindowCount _minute;
    private WindowCount _hour;
    private WindowCount _day;
    private ushort _ended;
    private ushort _answered;
    private ushort _short;
    private ushort _refused;
    private ushort _invalid;
    private ushort _neighbours;

    // The end of the last callee's number: enough to tell the next number from others, but for one in ten thousand.
    private ushort _lastOther;

    // The first whole hour after the first sight; hours come round every seven years.
    private ushort _firstHour;

    public uint LastSeen
    {
        readonly get => _lastSeen;
        set => _lastSeen = value;
    }

    public ulong Key
    {
        readonly get => _keyAndRun & ~RunMask;
        set => _keyAndRun = value & ~RunMask;
    }

    private int Run
    {
        readonly get => (int)((_keyAndRun & RunMask) >> RunShift);
        set => _keyAndRun = Key | ((ulong)Math.Min(value, MaxRun) << RunShift);
    }

    // Hours since the hour of the first sight began: the first whole hour after it may be still to come.
    private readonly ushort HoursBegun => (ushort)((LastSeen / Hour) - _firstHour + 1);

    private readonly int KnownHours => Math.Max(0, HoursBegun - 1);

    private readonly uint SketchWindow => (uint)(TrackedKey.RoleOf(Key) == TrackedRole.Caller ? Hour : BurstWindow);

    /// <summary>A call between the owner of the record and the other party.</summary>
    public void Count(uint now, ulong other, PhoneNumber self, PhoneNumber callee)
    {
        RollTo(now);
        _minute.Add();
        _hour.Add();
        _day.Add();
        _others.Add(TrackedKey.Mix(other ^ 0xA5A5A5A5));
        if (!callee.IsNone)
        {
            CountPattern(self, callee);
        }
    }

    public void CountEnding(uint now, CallEnding ending)
    {
        RollTo(now);
        WindowCount.Increment(ref _ended);
        switch (ending)
        {
            case CallEnding.Talked:
                WindowCount.Increment(ref _answered);
                break;
            case CallEnding.Short:
                WindowCount.Increment(ref _answered);
                WindowCount.Increment(ref _short);
                break;
            case CallEnding.Refused:
                WindowCount.Increment(ref _refused);
                break;
            case CallEnding.Invalid:
                WindowCount.Increment(ref _invalid);
                break;
            default:
                break;
        }
    }

    /// <summary>This record as it will be at a later time, if nothing happens until then.</summary>
    public readonly RateRecord At(uint now)
    {
        var later = this;
        later.RollTo(now);
        return later;
    }

    /// <summary>Different others in the present window and the one before, when the record was last seen.</summary>
    public readonly int CountOthers()
    {
        var both = _others;
        both.Union(_othersBefore);
        return both.Estimate();
    }

    /// <summary>The facts when the record was last seen.</summary>
    public readonly RateFacts Read() =>
        new()
        {
            CallsPerMinute = _minute.Read(LastSeen, Minute),
            CallsPerHour = _hour.Read(LastSeen, Hour),
            CallsPerDay = _day.Read(LastSeen, Day),
            DistinctCallees = CountOthers(),
            AnswerRatio = _ended < MinEnded ? 1 : (double)_answered / _ended,
            ShortCallRatio = _answered < MinEnded ? 0 : (double)_short / _answered,
            Refusals = _refused,
            InvalidRatio = _ended < MinEnded ? 0 : (double)_invalid / _ended,
            NeighbourRatio = Math.Min(1, (double)_neighbours / Math.Max(1, _day.Faded)),
            SequentialRun = Run,
            KnownHours = KnownHours,
        };

    /// <summary>Joins what another node saw of the same number.</summary>
    public void Merge(RateRecord other)
    {
        var isOtherLater = (other.LastSeen, other._lastOther, other.Run).CompareTo((LastSeen, _lastOther, Run)) > 0;
        if (LastSeen == 0)
        {
            this = other;
            return;
        }

        var now = Math.Max(LastSeen, other.LastSeen);
        RollTo(now);
        other.RollTo(now);
        if (isOtherLater)
        {
            (_lastOther, Run) = (other._lastOther, other.Run);
        }

        _firstHour = HoursBegun >= other.HoursBegun ? _firstHour : other._firstHour;
        _minute.Add(other._minute);
        _hour.Add(other._hour);
        _day.Add(other._day);
        WindowCount.Increment(ref _ended, other._ended);
        WindowCount.Increment(ref _answered, other._answered);
        WindowCount.Increment(ref _short, other._short);
        WindowCount.Increment(ref _refused, other._refused);
        WindowCount.Increment(ref _invalid, other._invalid);
        WindowCount.Increment(ref _neighbours, other._neighbours);
        _others.Union(other._others);
        _othersBefore.Union(other._othersBefore);
    }

    private void CountPattern(PhoneNumber self, PhoneNumber callee)
    {
        var other = (ushort)callee.Key;
        Run = (short)(other - _lastOther) switch
        {
            0 => Run,
            >= -2 and <= 2 => Run + 1,
            _ => 0,
        };
        _lastOther = other;
        if (self.DiffersOnlyInLast(NeighbourDigits, callee))
        {
            WindowCount.Increment(ref _neighbours);
        }
    }

    private void RollTo(uint now)
    {
        if (now <= LastSeen)
        {
            return;
        }

        if (LastSeen == 0)
        {
            LastSeen = now;
            _firstHour = (ushort)((now + Hour - 1) / Hour);
            return;
        }

        _minute.Roll(LastSeen, now, Minute);
        _hour.Roll(LastSeen, now, Hour);
        _day.Roll(LastSeen, now, Day);
        var windows = (now / SketchWindow) - (LastSeen / SketchWindow);
        if (windows > 0)
        {
            _othersBefore = windows == 1 ? _others : default;
            _others = default;
        }

        Fade((int)Math.Min((now / Day) - (LastSeen / Day), 16));
        LastSeen = now;
        if (KnownHours > MaxKnownHours)
        {
            _firstHour = (ushort)((now / Hour) - MaxKnownHours);
        }
    }

    private void Fade(int days)
    {
        _ended >>= days;
        _answered >>= days;
        _short >>= days;
        _refused >>= days;
        _invalid >>= days;
        _neighbours >>= days;
    }
}
