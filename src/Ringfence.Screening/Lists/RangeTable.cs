namespace Ringfence.Screening.Lists;

/// <summary>Ranges cut into stretches that do not overlap; where ranges did, the narrower one owns the stretch.</summary>
internal sealed class RangeTable
{
    private readonly ulong[] _from;
    private readonly ulong[] _to;
    private readonly NumberRange[] _owner;

    private RangeTable(List<(ulong From, ulong To, NumberRange Owner)> stretches)
    {
        _from = [.. stretches.Select(s => s.From)];
        _to = [.. stretches.Select(s => s.To)];
        _owner = [.. stretches.Select(s => s.Owner)];
    }

    public long Bytes => _from.Length * 32L;

    public static RangeTable Build(List<NumberRange> ranges)
    {
        ranges.Sort((a, b) => a.Low.Key.CompareTo(b.Low.Key));
        var edges = ranges.SelectMany(r => new[] { r.Low.Key, r.High + 1 }).Distinct().Order().ToArray();
        var stretches = new List<(ulong, ulong, NumberRange)>(ranges.Count);
        var open = new PriorityQueue<NumberRange, ulong>();
        var next = 0;
        for (var e = 0; e + 1 < edges.Length; e++)
        {
            for (; next < ranges.Count && ranges[next].Low.Key == edges[e]; next++)
            {
                open.Enqueue(ranges[next], ranges[next].Width);
            }

            while (open.TryPeek(out var narrowest, out _))
            {
                if (narrowest.High >= edges[e])
                {
                    stretches.Add((edges[e], edges[e + 1] - 1, narrowest));
                    break;
                }

                open.Dequeue();
            }
        }

        return new RangeTable(stretches);
    }

    public bool TryFind(ulong key, out NumberRange range)
    {
        if (_from.Length == 0)
        {
            range = default;
            return false;
        }

        var i = Array.BinarySearch(_from, key);
        i = i < 0 ? ~i - 1 : i;
        var found = i >= 0 && key <= _to[i];
        range = found ? _owner[i] : default;
        return found;
    }
}
