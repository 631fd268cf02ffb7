namespace Ringfence.Diagnosis.Capture.Link;

/// <summary>Puts IP fragments together (RFC 791 §3.2, RFC 8200 §4.5), bounded in number and in time.</summary>
internal sealed class FragmentTable(int capacity) : IDisposable
{
    private const long Patience = 30L * 1_000_000_000;

    private readonly Dictionary<FragmentKey, FragmentedDatagram> _open = [];
    private readonly Queue<(FragmentKey Key, FragmentedDatagram Datagram)> _age = new();

    /// <summary>Datagrams given up before they were whole, with their first part if it was there.</summary>
    public Action<FragmentKey, FragmentedDatagram>? GivenUp { get; set; }

    /// <summary>Adds a fragment; returns the datagram when it is whole. The caller disposes of it.</summary>
    public FragmentedDatagram? Add(
        in FragmentKey key,
        in FrameStamp stamp,
        int offset,
        bool more,
        byte protocol,
        ReadOnlySpan<byte> part
    )
    {
        ForgetOld(stamp.Time);
        if (!_open.TryGetValue(key, out var datagram))
        {
            datagram = new FragmentedDatagram(stamp);
            _open.Add(key, datagram);
            _age.Enqueue((key, datagram));
        }

        if (offset == 0)
        {
            datagram.Protocol = protocol;
        }

        datagram.Add(offset, more, part);
        if (!datagram.IsWhole)
        {
            return null;
        }

        _open.Remove(key);
        return datagram;
    }

    /// <summary>Gives up everything still open: the capture has ended.</summary>
    public void Flush()
    {
        while (_age.TryDequeue(out var oldest))
        {
            GiveUp(oldest.Key, oldest.Datagram);
        }
    }

    public void Dispose()
    {
        foreach (var datagram in _open.Values)
        {
            datagram.Dispose();
        }

        _open.Clear();
    }

    private void ForgetOld(long now)
    {
        while (
            _age.TryPeek(out var oldest)
            && (oldest.Datagram.IsWhole || _age.Count >= capacity || now - oldest.Datagram.First.Time > Patience)
        )
        {
            _age.Dequeue();
            GiveUp(oldest.Key, oldest.Datagram);
        }
    }

    private void GiveUp(in FragmentKey key, FragmentedDatagram datagram)
    {
        if (!datagram.IsWhole && _open.Remove(key))
        {
            GivenUp?.Invoke(key, datagram);
            datagram.Dispose();
        }
    }
}
