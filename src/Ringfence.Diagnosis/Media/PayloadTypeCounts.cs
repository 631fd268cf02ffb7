using System.Runtime.CompilerServices;

namespace Ringfence.Diagnosis.Media;

/// <summary>How many packets of a stream have each payload type. That of most is at hand; most streams have no other.</summary>
internal struct PayloadTypeCounts
{
    private const int Types = 128;
    private long[]? _others;
    private long _most;

    /// <summary>The type of most packets; of two that are used alike the lower one.</summary>
    public byte Most { get; private set; }

    /// <summary>The types seen, in their order.</summary>
    public readonly IEnumerable<(byte PayloadType, long Packets)> All
    {
        get
        {
            var seen = new List<(byte, long)>();
            for (byte type = 0; type < Types; type++)
            {
                var packets = type == Most ? _most : _others?[type] ?? 0;
                if (packets > 0)
                {
                    seen.Add((type, packets));
                }
            }

            return seen;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(byte type)
    {
        if (type == Most)
        {
            _most++;
        }
        else if (_most == 0)
        {
            (Most, _most) = (type, 1);
        }
        else
        {
            CountOther(type);
        }
    }

    private void CountOther(byte type)
    {
        _others ??= new long[Types];
        var packets = ++_others[type];
        if (packets > _most || (packets == _most && type < Most))
        {
            _others[Most] = _most;
            _others[type] = 0;
            (Most, _most) = (type, packets);
        }
    }
}
