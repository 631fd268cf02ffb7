using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Media;

/// <summary>
/// Where the packets that the streams of one trace keep lie: in the input, where they can be read there again, and else copied into a few
/// large arrays. Arrays of each stream's own would be thousands, each copied or swept by the garbage collector while the trace is still read.
/// </summary>
internal sealed class AudioRoom(IReadOnlyList<CaptureInput>? inputs)
{
    private const int FirstSlab = 8_192;
    private const int LargestSlab = 4 << 20;
    private const int Growth = 4;
    private const int SlabBits = 24;

    private readonly List<byte[]> _slabs = [];
    private int _taken;

    /// <summary>Whether a packet can be read again where it was read from.</summary>
    public bool Finds(in CapturedPacket packet) => inputs is not null && packet.Offset > 0;

    /// <summary>Opens an input again; null where it is no longer there.</summary>
    public Stream? Open(int input)
    {
        try
        {
            return inputs![input].Open();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads what is kept here.</summary>
    /// <param name="longest">Bytes of the longest packet.</param>
    public KeptReader Reader(int longest) => new(this, longest);

    /// <summary>Copies bytes, and returns the place where they are found again.</summary>
    public long Copy(ReadOnlySpan<byte> bytes)
    {
        if (_slabs.Count == 0 || _slabs[^1].Length - _taken < bytes.Length)
        {
            var grown = _slabs.Count == 0 ? FirstSlab : Math.Min(LargestSlab, _slabs[^1].Length * Growth);
            _slabs.Add(GC.AllocateUninitializedArray<byte>(Math.Max(bytes.Length, grown)));
            _taken = 0;
        }

        bytes.CopyTo(_slabs[^1].AsSpan(_taken));
        var place = ((long)(_slabs.Count - 1) << SlabBits) | (uint)_taken;
        _taken += bytes.Length;
        return place;
    }

    /// <summary>What was copied.</summary>
    public ReadOnlySpan<byte> At(long place, int length) =>
        _slabs[(int)(place >> SlabBits)].AsSpan((int)(place & ((1 << SlabBits) - 1)), length);
}
