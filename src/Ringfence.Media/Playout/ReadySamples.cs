namespace Ringfence.Media.Playout;

/// <summary>Samples that are decoded or made up and wait to be read. Not thread-safe.</summary>
/// <param name="capacity">Most samples.</param>
internal sealed class ReadySamples(int capacity)
{
    private readonly short[] _samples = new short[capacity];
    private int _start;
    private int _madeUp;

    /// <summary>Samples that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Where the next ones go; <see cref="Add"/> takes them.</summary>
    public Span<short> Room()
    {
        if (_start > 0)
        {
            _samples.AsSpan(_start, Count).CopyTo(_samples);
            _start = 0;
        }
        return _samples.AsSpan(Count);
    }

    /// <summary>Takes what was written to <see cref="Room"/>.</summary>
    public void Add(int count, bool isMadeUp)
    {
        Count += count;
        // What waits before them counts as made up too: who asks wants to know whether any of it is.
        _madeUp = isMadeUp ? Count : _madeUp;
    }

    /// <summary>Gives as many as the frame holds, which must be there.</summary>
    /// <returns>Whether any of them may be made up.</returns>
    public bool Take(Span<short> frame)
    {
        var isMadeUp = _madeUp > 0;
        _samples.AsSpan(_start, frame.Length).CopyTo(frame);
        (_start, Count) = (_start + frame.Length, Count - frame.Length);
        _madeUp = Math.Max(0, _madeUp - frame.Length);
        return isMadeUp;
    }

    /// <summary>Drops them.</summary>
    public void Clear() => (_start, Count, _madeUp) = (0, 0, 0);
}
