namespace Ringfence.Diagnosis.Media;

/// <summary>Which of the last 128 sequence numbers have been seen.</summary>
internal sealed class SequenceWindow
{
    private const int Size = 128;
    private UInt128 _seen;

    public void Clear() => _seen = 0;

    /// <summary>Marks the newest number.</summary>
    public void Set() => _seen |= 1;

    /// <summary>Makes a later number the newest, and marks it.</summary>
    public void Advance(int step) => _seen = step >= Size ? 1 : (_seen << step) | 1;

    /// <summary>Whether the number this far behind the newest was seen; what is too far behind counts as not seen.</summary>
    public bool IsSet(int behind) => behind < Size && ((_seen >> behind) & 1) != 0;

    public void Mark(int behind) => _seen |= behind < Size ? UInt128.One << behind : 0;
}
