using System.Diagnostics.CodeAnalysis;

namespace Ringfence.Sip.Resolve;

/// <summary>
/// A bounded table that forgets what has not been used for longest, in two generations: a full young one becomes the old one,
/// and the old one is dropped. Constant time whatever peers make it hold. For one thread at a time.
/// </summary>
internal sealed class RecentTable<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private Dictionary<TKey, TValue> _young = [];
    private Dictionary<TKey, TValue> _old = [];

    internal int Count => _young.Count + _old.Count;

    internal bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_young.TryGetValue(key, out value))
        {
            return true;
        }

        if (!_old.TryGetValue(key, out value))
        {
            return false;
        }

        Set(key, value);
        return true;
    }

    internal void Set(TKey key, TValue value)
    {
        _old.Remove(key);
        _young[key] = value;
        if (_young.Count >= Math.Max(1, capacity / 2))
        {
            (_old, _young) = (_young, []);
        }
    }

    internal void Remove(TKey key)
    {
        _young.Remove(key);
        _old.Remove(key);
    }
}
