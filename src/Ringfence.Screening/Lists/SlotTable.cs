using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ringfence.Screening.Lists;

/// <summary>
/// An immutable set of slots in buckets of eight, filled to three fifths: 13.3 bytes an entry. A bucket is compared at once, and
/// only where it is full does a look-up go on to the next, so that what is not there is known as fast as what is.
/// </summary>
internal sealed class SlotTable
{
    private const int BucketLength = 8;

    private const int CacheLine = BucketLength * sizeof(ulong);

    private readonly ulong[] _slots;
    private readonly int _first;
    private readonly int _buckets;

    private SlotTable(int buckets)
    {
        _buckets = buckets;

        // Pinned, so that each bucket can begin with a line of the cache and stay there.
        _slots = GC.AllocateArray<ulong>((buckets + 1) * BucketLength, pinned: true);
        var surplus = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(_slots, 0) % CacheLine);
        _first = surplus == 0 ? 0 : (CacheLine - surplus) / sizeof(ulong);
    }

    public int Count { get; private set; }

    public long Bytes => (long)_slots.Length * sizeof(ulong);

    /// <summary>Builds the table; of two slots for one number the later one stays.</summary>
    public static SlotTable Build(IEnumerable<ulong[]> chunks, long count)
    {
        var table = new SlotTable(checked((int)((count * 5 / 3 / BucketLength) + 2)));
        foreach (var chunk in chunks)
        {
            foreach (var bits in chunk)
            {
                if (bits != 0)
                {
                    table.Put(new ListSlot(bits));
                }
            }
        }

        return table;
    }

    /// <summary>The slot of the key, which is not 0.</summary>
    public bool TryFind(ulong key, out ListSlot found)
    {
        var wanted = Vector256.Create(key);
        var mask = Vector256.Create(ListSlot.KeyMask);
        for (var bucket = Home(key); ; bucket = Next(bucket))
        {
            var start = _first + (bucket * BucketLength);
            ref var first = ref _slots[start];
            var low = Vector256.Equals(Vector256.LoadUnsafe(ref first) & mask, wanted);
            var high = Vector256.Equals(Vector256.LoadUnsafe(ref first, BucketLength / 2) & mask, wanted);
            var hits = low.ExtractMostSignificantBits() | (high.ExtractMostSignificantBits() << (BucketLength / 2));
            if (hits != 0)
            {
                found = new ListSlot(_slots[start + BitOperations.TrailingZeroCount(hits)]);
                return true;
            }

            // Buckets fill from the front.
            if (_slots[start + BucketLength - 1] == 0)
            {
                found = default;
                return false;
            }
        }
    }

    private int Home(ulong key) =>
        (int)
            Math.BigMul(
                BitOperations.RotateLeft(key * 0x9E3779B97F4A7C15, 32) * 0xD6E8FEB86659FD93,
                (ulong)_buckets,
                out _
            );

    private int Next(int bucket) => bucket + 1 == _buckets ? 0 : bucket + 1;

    private void Put(ListSlot slot)
    {
        for (var bucket = Home(slot.Key); ; bucket = Next(bucket))
        {
            foreach (ref var place in _slots.AsSpan(_first + (bucket * BucketLength), BucketLength))
            {
                if (place == 0 || new ListSlot(place).Key == slot.Key)
                {
                    Count += place == 0 ? 1 : 0;
                    place = slot.Bits;
                    return;
                }
            }
        }
    }
}
