namespace Ringfence.Diagnosis.Media;

/// <summary>
/// Where the streams of one trace keep their packets: a few large arrays that they share. One array a stream would be thousands of them, each
/// copied or swept by the garbage collector while the trace is still being read.
/// </summary>
internal sealed class AudioRoom
{
    private const int FirstSlab = 8_192;
    private const int LargestSlab = 4 << 20;
    private const int Growth = 4;

    private byte[] _slab = [];
    private int _taken;

    /// <summary>Takes a part that nobody else has; what is in it is left over from before.</summary>
    public ArraySegment<byte> Take(int length)
    {
        if (_slab.Length - _taken < length)
        {
            var grown = _slab.Length == 0 ? FirstSlab : Math.Min(LargestSlab, _slab.Length * Growth);
            _slab = GC.AllocateUninitializedArray<byte>(Math.Max(length, grown));
            _taken = 0;
        }

        var part = new ArraySegment<byte>(_slab, _taken, length);
        _taken += length;
        return part;
    }
}
