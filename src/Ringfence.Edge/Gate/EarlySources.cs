using System.Collections.Concurrent;

namespace Ringfence.Edge.Gate;

/// <summary>
/// Counts the early calls of each source address. As many entries as calls at most, none kept beyond its last call. Safe for many
/// threads, without a lock of its own.
/// </summary>
internal sealed class EarlySources
{
    private readonly ConcurrentDictionary<UInt128, int> _calls = new();

    /// <summary>Sources with an early call.</summary>
    internal int Count => _calls.Count;

    /// <summary>One more call of a source; false, and not counted, when it has as many as it may.</summary>
    /// <param name="source">Its address.</param>
    /// <param name="most">How many it may have; 0 for any number.</param>
    internal bool TryEnter(UInt128 source, int most)
    {
        while (true)
        {
            int now = _calls.GetOrAdd(source, 0);
            if (most > 0 && now >= most)
            {
                return false;
            }

            if (_calls.TryUpdate(source, now + 1, now))
            {
                return true;
            }
        }
    }

    /// <summary>A call of a source is early no more.</summary>
    internal void Leave(UInt128 source)
    {
        while (_calls.TryGetValue(source, out int now))
        {
            bool isDone =
                now > 1
                    ? _calls.TryUpdate(source, now - 1, now)
                    : _calls.TryRemove(new KeyValuePair<UInt128, int>(source, now));
            if (isDone)
            {
                return;
            }
        }
    }
}
