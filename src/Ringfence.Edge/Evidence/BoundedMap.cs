using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Ringfence.Edge.Evidence;

/// <summary>
/// What is worth knowing for minutes or hours, by key. When it is full it begins anew, with the last generation still to be
/// asked: nothing is sorted on a call's path, and what is fresh is not lost. Looking takes no lock.
/// </summary>
internal sealed class BoundedMap<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private ConcurrentDictionary<TKey, TValue> _fresh = new();
    private ConcurrentDictionary<TKey, TValue> _old = new();
    private int _count;

    internal void Put(TKey key, TValue value)
    {
        ConcurrentDictionary<TKey, TValue> fresh = Volatile.Read(ref _fresh);
        if (!fresh.TryAdd(key, value))
        {
            fresh[key] = value;
        }
        else if (Interlocked.Increment(ref _count) == capacity / 2)
        {
            Volatile.Write(ref _old, fresh);
            Volatile.Write(ref _count, 0);
            Volatile.Write(ref _fresh, new ConcurrentDictionary<TKey, TValue>());
        }
    }

    internal bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) =>
        Volatile.Read(ref _fresh).TryGetValue(key, out value) || Volatile.Read(ref _old).TryGetValue(key, out value);

    internal void Remove(TKey key)
    {
        Volatile.Read(ref _fresh).TryRemove(key, out _);
        Volatile.Read(ref _old).TryRemove(key, out _);
    }
}
