namespace Ringfence.Media.Srtp;

/// <summary>Packet index and replay list of one stream (RFC 3711 sections 3.3.1 and 3.3.2).</summary>
internal sealed class ReplayWindow
{
    private const int Size = 64;

    private long _highest = -1;
    private ulong _seen;

    /// <summary>The index (rollover counter and sequence number) that a sequence number most likely stands for.</summary>
    public long Guess(ushort sequence)
    {
        if (_highest < 0)
        {
            return sequence;
        }
        var distance = (short)(sequence - (ushort)_highest);
        var index = _highest + distance;
        return index < 0 ? index + 0x10000 : index;
    }

    /// <summary>Whether an index is new enough and was not taken yet.</summary>
    public bool MayTake(long index)
    {
        var behind = _highest - index;
        return behind < 0 || (behind < Size && (_seen & (1UL << (int)behind)) == 0);
    }

    /// <summary>Notes that an authentic packet was taken.</summary>
    public void Take(long index)
    {
        var ahead = index - _highest;
        if (ahead > 0)
        {
            _seen = ahead < Size ? (_seen << (int)ahead) | 1 : 1;
            _highest = index;
        }
        else
        {
            _seen |= 1UL << (int)-ahead;
        }
    }
}
