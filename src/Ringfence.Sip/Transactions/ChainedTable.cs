using System.Diagnostics.CodeAnalysis;

namespace Ringfence.Sip.Transactions;

/// <summary>
/// A hash table of items that carry their own links. It knows hashes only: who looks something up walks the items of one hash
/// and compares them whole.
/// </summary>
internal sealed class ChainedTable<T, TChain>
    where T : class
    where TChain : IChain<T>
{
    private const int Smallest = 64;
    private T?[] _buckets = new T?[Smallest];

    internal int Count { get; private set; }

    /// <summary>The first item with this hash; go on with <see cref="Next"/>.</summary>
    internal T? First(ulong hash) => SameHash(_buckets[Bucket(hash)], hash);

    /// <summary>The next item with the same hash.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "It reads as one walk with First.")]
    internal T? Next(T item)
    {
        ref ChainLink<T> link = ref TChain.LinkOf(item);
        return SameHash(link.Next, link.Hash);
    }

    internal void Add(T item, ulong hash)
    {
        if (Count == _buckets.Length)
        {
            Grow();
        }

        ref ChainLink<T> link = ref TChain.LinkOf(item);
        link.Hash = hash;
        link.IsLinked = true;
        Push(item, ref link);
        Count++;
    }

    /// <summary>Takes an item out; nothing happens when it is not in.</summary>
    internal void Remove(T item)
    {
        ref ChainLink<T> link = ref TChain.LinkOf(item);
        if (!link.IsLinked)
        {
            return;
        }

        if (link.Previous is { } previous)
        {
            TChain.LinkOf(previous).Next = link.Next;
        }
        else
        {
            _buckets[Bucket(link.Hash)] = link.Next;
        }

        if (link.Next is { } next)
        {
            TChain.LinkOf(next).Previous = link.Previous;
        }

        link = default;
        Count--;
    }

    private void Grow()
    {
        T?[] old = _buckets;
        _buckets = new T?[old.Length * 2];
        foreach (T? head in old)
        {
            for (T? item = head; item is not null; )
            {
                ref ChainLink<T> link = ref TChain.LinkOf(item);
                T? next = link.Next;
                Push(item, ref link);
                item = next;
            }
        }
    }

    private void Push(T item, ref ChainLink<T> link)
    {
        ref T? head = ref _buckets[Bucket(link.Hash)];
        link.Previous = null;
        link.Next = head;
        if (head is not null)
        {
            TChain.LinkOf(head).Previous = item;
        }

        head = item;
    }

    private int Bucket(ulong hash) => (int)(hash & (ulong)(_buckets.Length - 1));

    private static T? SameHash(T? item, ulong hash)
    {
        while (item is not null && TChain.LinkOf(item).Hash != hash)
        {
            item = TChain.LinkOf(item).Next;
        }

        return item;
    }
}
