using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ringfence.Screening.Memory;

namespace Ringfence.Screening.Lists;

/// <summary>
/// An immutable set of slots in buckets of eight, one line of the cache each, filled to three fifths: 13.3 bytes an entry. A
/// look-up reads one line, compared at once, whether the key is there or not.
/// </summary>
/// <remarks>
/// What a full bucket had no room for stands in the next, and has left a sign, one of 24 in the three bits that each slot does
/// not need. Only a key with the same sign is looked for there: of those that are nowhere, one in some hundred.
/// </remarks>
internal sealed class SlotTable
{
    private const int BucketLength = CacheLine.Size / sizeof(ulong);
    private const int SignShift = 61;
    private const int SignBits = 64 - SignShift;
    private const ulong SlotMask = (1UL << SignShift) - 1;

    private readonly LineArray<ulong> _slots;
    private readonly KeyedHash _hash = KeyedHash.Draw();
    private readonly int _buckets;

    private SlotTable(int buckets)
    {
        _buckets = buckets;
        _slots = new LineArray<ulong>(checked(buckets * BucketLength));
    }

    public int Count { get; private set; }

    public long Bytes => _slots.Bytes;

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

    /// <summary>Asks for the line on which the key would stand.</summary>
    public void Prefetch(ulong key) => CacheLine.Prefetch(ref _slots[Home(_hash.Of(key)) * BucketLength]);

    /// <summary>The slot of the key, which is not 0.</summary>
    public bool TryFind(ulong key, out ListSlot found)
    {
        var hash = _hash.Of(key);
        var wanted = Vector256.Create(key);
        var mask = Vector256.Create(ListSlot.KeyMask);
        for (var bucket = Home(hash); ; bucket = Next(bucket))
        {
            ref var first = ref _slots[bucket * BucketLength];
            var low = Vector256.Equals(Vector256.LoadUnsafe(ref first) & mask, wanted);
            var high = Vector256.Equals(Vector256.LoadUnsafe(ref first, BucketLength / 2) & mask, wanted);
            var hits = low.ExtractMostSignificantBits() | (high.ExtractMostSignificantBits() << (BucketLength / 2));
            if (hits != 0)
            {
                found = new ListSlot(Unsafe.Add(ref first, BitOperations.TrailingZeroCount(hits)) & SlotMask);
                return true;
            }

            if ((Unsafe.Add(ref first, SignPlace(hash)) & SignBit(hash)) == 0)
            {
                found = default;
                return false;
            }
        }
    }

    /// <summary>How many lines are read until the key is found, or is known not to be there.</summary>
    public int CountLines(ulong key)
    {
        var hash = _hash.Of(key);
        var lines = 1;
        for (var bucket = Home(hash); ; bucket = Next(bucket), lines++)
        {
            var start = bucket * BucketLength;
            var isHere = false;
            for (var n = 0; n < BucketLength; n++)
            {
                isHere |= (_slots[start + n] & ListSlot.KeyMask) == key;
            }

            if (isHere || (_slots[start + SignPlace(hash)] & SignBit(hash)) == 0)
            {
                return lines;
            }
        }
    }

    // The home is chosen by the upper bits of the hash, the sign by lower ones.
    private static int SignPlace(ulong hash) => (int)(hash % BucketLength);

    private static ulong SignBit(ulong hash) => 1UL << (SignShift + (int)(((hash >> 8) & 0xFF) * SignBits >> 8));

    private int Home(ulong hash) => (int)Math.BigMul(hash, (ulong)_buckets, out _);

    private int Next(int bucket) => bucket + 1 == _buckets ? 0 : bucket + 1;

    private void Put(ListSlot slot)
    {
        var hash = _hash.Of(slot.Key);
        for (var bucket = Home(hash); ; bucket = Next(bucket))
        {
            var start = bucket * BucketLength;
            for (var n = 0; n < BucketLength; n++)
            {
                ref var place = ref _slots[start + n];
                var key = place & ListSlot.KeyMask;
                if (key == 0 || key == slot.Key)
                {
                    Count += key == 0 ? 1 : 0;
                    place = (place & ~SlotMask) | slot.Bits;
                    return;
                }
            }

            _slots[start + SignPlace(hash)] |= SignBit(hash);
        }
    }
}
