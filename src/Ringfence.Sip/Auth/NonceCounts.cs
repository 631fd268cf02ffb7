namespace Ringfence.Sip.Auth;

/// <summary>
/// Which counts each nonce has been used with, so that no request is taken twice (RFC 7616 §3.4.5). Only nonces of users who
/// proved themselves come in here. Two generations: when the young one is full the old one is dropped, and whatever is not
/// younger than what was dropped counts as stale. Safe for any thread.
/// </summary>
internal sealed class NonceCounts(int capacity)
{
    private const int WindowLength = 64;

    private readonly Lock _lock = new();
    private Dictionary<Nonce, Window> _young = [];
    private Dictionary<Nonce, Window> _old = [];
    private long _floor = long.MinValue;

    /// <summary>Uses a count; false when it has been used, lies too far back, or the nonce may have been forgotten.</summary>
    internal bool TryUse(Nonce nonce, uint count)
    {
        lock (_lock)
        {
            bool isKnown = _young.TryGetValue(nonce, out Window window) || _old.Remove(nonce, out window);
            if ((!isKnown && nonce.Time <= _floor) || !window.TryUse(count))
            {
                return false;
            }

            _young[nonce] = window;
            if (_young.Count >= Math.Max(1, capacity / 2))
            {
                _floor = _old.Keys.Aggregate(_floor, (latest, dropped) => Math.Max(latest, dropped.Time));
                (_old, _young) = (_young, []);
            }

            return true;
        }
    }

    /// <summary>The highest count that was used, and which of the 64 up to it: requests may overtake one another.</summary>
    private struct Window
    {
        private uint _highest;
        private ulong _used;

        internal bool TryUse(uint count)
        {
            if (count > _highest)
            {
                uint ahead = count - _highest;
                _used = (ahead < WindowLength ? _used << (int)ahead : 0) | 1;
                _highest = count;
                return true;
            }

            uint behind = _highest - count;
            ulong bit = behind < WindowLength ? 1UL << (int)behind : 0;
            bool isFree = count > 0 && bit != 0 && (_used & bit) == 0;
            _used |= bit;
            return isFree;
        }
    }
}
