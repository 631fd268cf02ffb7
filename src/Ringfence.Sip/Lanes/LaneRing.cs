using System.Diagnostics.CodeAnalysis;

namespace Ringfence.Sip.Lanes;

/// <summary>A bounded ring with many writers and one reader: each slot carries the turn in which it may be written or read.</summary>
internal sealed class LaneRing
{
    private readonly Slot[] _slots;
    private readonly int _mask;
    private long _head;
    private long _tail;

    internal LaneRing(int capacity)
    {
        if (capacity < 2 || (capacity & (capacity - 1)) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "A power of two, 2 at least.");
        }

        _slots = new Slot[capacity];
        _mask = capacity - 1;
        for (int i = 0; i < capacity; i++)
        {
            _slots[i].Turn = i;
        }
    }

    internal int Capacity => _slots.Length;

    internal int Count => (int)Math.Max(0, Volatile.Read(ref _tail) - Volatile.Read(ref _head));

    internal bool IsFull => Count >= Capacity;

    internal bool TryAdd(LaneWork work)
    {
        while (true)
        {
            long at = Volatile.Read(ref _tail);
            ref Slot slot = ref _slots[at & _mask];
            long turn = Volatile.Read(ref slot.Turn);
            if (turn < at)
            {
                return false;
            }

            if (turn == at && Interlocked.CompareExchange(ref _tail, at + 1, at) == at)
            {
                slot.Work = work;
                Volatile.Write(ref slot.Turn, at + 1);
                return true;
            }
        }
    }

    internal bool TryTake([NotNullWhen(true)] out LaneWork? work)
    {
        long at = _head;
        ref Slot slot = ref _slots[at & _mask];
        if (Volatile.Read(ref slot.Turn) != at + 1)
        {
            work = null;
            return false;
        }

        work = slot.Work!;
        slot.Work = null;
        Volatile.Write(ref slot.Turn, at + _slots.Length);
        Volatile.Write(ref _head, at + 1);
        return true;
    }

    private struct Slot
    {
        internal long Turn;
        internal LaneWork? Work;
    }
}
