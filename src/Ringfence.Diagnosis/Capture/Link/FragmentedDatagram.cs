using System.Buffers;

namespace Ringfence.Diagnosis.Capture.Link;

/// <summary>A datagram whose fragments are coming in. The first bytes to arrive for a place stay.</summary>
internal sealed class FragmentedDatagram(FrameStamp first) : IDisposable
{
    private const int MaxDatagram = 65_535;
    private readonly List<(int Start, int End)> _have = [];
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4_096);
    private int _total = -1;

    /// <summary>The frame of the fragment that came first.</summary>
    public FrameStamp First => first;

    /// <summary>The protocol that the fragment at offset 0 names.</summary>
    public byte Protocol { get; set; }

    /// <summary>Whether every byte is there.</summary>
    public bool IsWhole => _total >= 0 && _have.Count == 1 && _have[0].Start == 0 && _have[0].End >= _total;

    /// <summary>The bytes from the beginning on, as far as they are there without a hole.</summary>
    public ReadOnlySpan<byte> Contents =>
        _have.Count > 0 && _have[0].Start == 0 ? _bytes.AsSpan(0, IsWhole ? _total : _have[0].End) : default;

    public void Add(int offset, bool more, ReadOnlySpan<byte> part)
    {
        var end = offset + part.Length;
        if (end > MaxDatagram || part.IsEmpty)
        {
            return;
        }

        if (!more)
        {
            _total = end;
        }

        Grow(end);
        CopyWhatIsMissing(offset, part);
        Merge(offset, end);
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    private void Grow(int end)
    {
        if (end > _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Min(MaxDatagram, Math.Max(end, _bytes.Length * 2)));
            _bytes.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
    }

    private void CopyWhatIsMissing(int offset, ReadOnlySpan<byte> part)
    {
        var at = offset;
        var end = offset + part.Length;
        foreach (var (start, stop) in _have)
        {
            if (start >= end)
            {
                break;
            }

            if (start > at)
            {
                part[(at - offset)..(start - offset)].CopyTo(_bytes.AsSpan(at));
            }

            at = Math.Max(at, stop);
        }

        if (at < end)
        {
            part[(at - offset)..].CopyTo(_bytes.AsSpan(at));
        }
    }

    private void Merge(int start, int end)
    {
        for (var i = _have.Count - 1; i >= 0; i--)
        {
            if (_have[i].Start <= end && start <= _have[i].End)
            {
                start = Math.Min(start, _have[i].Start);
                end = Math.Max(end, _have[i].End);
                _have.RemoveAt(i);
            }
        }

        var at = _have.FindIndex(range => range.Start > start);
        _have.Insert(at < 0 ? _have.Count : at, (start, end));
    }
}
