using System.Numerics;

namespace Ringfence.Sip.Time;

/// <summary>
/// A hierarchical timer wheel with a tick of one millisecond: four levels of 256 slots reach 49 days. Arming, re-arming and
/// disarming cost a few list operations and no allocation. One thread only.
/// </summary>
/// <param name="now">The clock's present reading in milliseconds.</param>
/// <param name="clock">
/// Reads the clock, where work between two advances may take long: what is armed counts from then. Without it, from the last advance.
/// </param>
public sealed class TimerWheel(long now, Func<long>? clock = null)
{
    private const int Bits = 8;
    private const int SlotsPerLevel = 1 << Bits;
    private const int Levels = 4;
    private const int WordsPerLevel = SlotsPerLevel / 64;
    private const long Reach = 1L << (Bits * Levels);

    private readonly TimerEntry?[] _slots = new TimerEntry?[SlotsPerLevel * Levels];
    private readonly ulong[] _occupied = new ulong[SlotsPerLevel * Levels / 64];
    private bool _advancing;

    /// <summary>The time up to which everything due has been called, in milliseconds.</summary>
    public long Now { get; private set; } = now;

    /// <summary>Number of armed entries.</summary>
    public int Count { get; private set; }

    /// <summary>Arms (or re-arms) an entry to be called <paramref name="delay"/> milliseconds from now, one at least.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    public void Arm(TimerEntry entry, long delay)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentOutOfRangeException.ThrowIfNegative(delay);
        Disarm(entry);

        // What is armed by an entry that is due late follows from when that was due.
        long present = _advancing || clock is null ? Now : Math.Max(Now, clock());
        entry.Due = Math.Min(present + Math.Clamp(delay, 1, Reach - 1), Now + Reach - 1);
        Link(entry);
        Count++;
    }

    /// <summary>Takes an entry out of the wheel; nothing happens when it is not armed.</summary>
    public void Disarm(TimerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.IsArmed)
        {
            Unlink(entry);
            Count--;
        }
    }

    /// <summary>
    /// Moves the clock on and calls every entry that is due on the way, in order of due time; entries due at the same
    /// millisecond in the order in which they were armed.
    /// </summary>
    public void Advance(long now)
    {
        _advancing = true;
        try
        {
            while (Now < now)
            {
                Now = Count == 0 ? now : Math.Min(now, NextOccupied());
                if ((Now & (SlotsPerLevel - 1)) == 0)
                {
                    Cascade(Now);
                }

                Expire(Now);
            }
        }
        finally
        {
            _advancing = false;
        }
    }

    /// <summary>Milliseconds until something may be due: never later than the next entry; −1 when nothing is armed.</summary>
    public long NextDue() => Count == 0 ? -1 : NextOccupied() - Now;

    /// <summary>
    /// When the next occupied slot begins. Slots of a lower level all come before those of the levels above; only the
    /// highest level goes round.
    /// </summary>
    private long NextOccupied()
    {
        for (int level = 0; level < Levels; level++)
        {
            int shift = Bits * level;
            int present = (int)(Now >> shift) & (SlotsPerLevel - 1);
            int index = FirstOccupied(level, present + 1);
            if (index >= 0)
            {
                return (((Now >> shift) & ~(SlotsPerLevel - 1L)) + index) << shift;
            }
        }

        int wrapped = FirstOccupied(Levels - 1, 0);
        return (((Now / Reach) + 1) * Reach) + ((long)wrapped << (Bits * (Levels - 1)));
    }

    private int FirstOccupied(int level, int from)
    {
        for (int word = from / 64; word < WordsPerLevel; word++)
        {
            ulong bits = _occupied[(level * WordsPerLevel) + word];
            bits &= word == from / 64 ? ulong.MaxValue << (from % 64) : ulong.MaxValue;
            if (bits != 0)
            {
                return (word * 64) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return -1;
    }

    private void Expire(long tick)
    {
        int slot = (int)(tick & (SlotsPerLevel - 1));
        while (_slots[slot] is { } entry)
        {
            Unlink(entry);
            Count--;
            entry.OnDue(tick);
        }
    }

    /// <summary>At the turn of a level, the entries of the next level's slot come down to where they now belong.</summary>
    private void Cascade(long tick)
    {
        for (int level = 1; level < Levels; level++)
        {
            int index = (int)(tick >> (Bits * level)) & (SlotsPerLevel - 1);
            int slot = (level * SlotsPerLevel) + index;
            TimerEntry? entry = _slots[slot];
            _slots[slot] = null;
            _occupied[slot / 64] &= ~(1UL << (slot % 64));
            while (entry is not null)
            {
                TimerEntry? next = entry.Next;
                Link(entry);
                entry = next;
            }

            if (index != 0)
            {
                return;
            }
        }
    }

    /// <summary>Appends the entry to its slot. The first entry's Previous is the slot's last, so that both ends are at hand.</summary>
    private void Link(TimerEntry entry)
    {
        // The level is the highest group of bits in which the due time differs from the present one.
        ulong different = (ulong)(entry.Due ^ Now);
        int level = different == 0 ? 0 : Math.Min(Levels - 1, BitOperations.Log2(different) / Bits);
        int slot = (level * SlotsPerLevel) + ((int)(entry.Due >> (Bits * level)) & (SlotsPerLevel - 1));
        entry.Slot = slot;
        entry.Next = null;
        if (_slots[slot] is { } first)
        {
            entry.Previous = first.Previous;
            first.Previous!.Next = entry;
            first.Previous = entry;
            return;
        }

        entry.Previous = entry;
        _slots[slot] = entry;
        _occupied[slot / 64] |= 1UL << (slot % 64);
    }

    private void Unlink(TimerEntry entry)
    {
        int slot = entry.Slot;
        TimerEntry first = _slots[slot]!;
        if (entry != first)
        {
            entry.Previous!.Next = entry.Next;
            (entry.Next ?? first).Previous = entry.Previous;
        }
        else if (entry.Next is { } second)
        {
            second.Previous = entry.Previous;
            _slots[slot] = second;
        }
        else
        {
            _slots[slot] = null;
            _occupied[slot / 64] &= ~(1UL << (slot % 64));
        }

        entry.Next = null;
        entry.Previous = null;
        entry.Slot = -1;
    }
}
