namespace Ringfence.Sip.Tests.Time;

/// <summary>What a timer wheel does, said as plainly as can be: a list sorted by due time, then by order of arming.</summary>
internal sealed class WheelModel(long now)
{
    private readonly Dictionary<int, (long Due, long Order)> _armed = [];
    private long _now = now;
    private long _order;

    public int Count => _armed.Count;

    public void Arm(int entry, long delay) => _armed[entry] = (_now + delay, _order++);

    public void Disarm(int entry) => _armed.Remove(entry);

    public long NextDue() => _armed.Count == 0 ? -1 : _armed.Values.Min().Due - _now;

    public List<(int, long)> Advance(long to)
    {
        var due = _armed.Where(pair => pair.Value.Due <= to).OrderBy(pair => pair.Value).ToList();
        due.ForEach(pair => _armed.Remove(pair.Key));
        _now = to;
        return [.. due.Select(pair => (pair.Key, pair.Value.Due))];
    }
}
