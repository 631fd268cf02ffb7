namespace Ringfence.Diagnosis.Media;

/// <summary>Where one packet of a stream is.</summary>
/// <param name="Place">
/// A place and, in the lowest 16 bits, a length. A copy has the sign; without a length it is the number of the input that those after it are in.
/// </param>
internal readonly record struct KeptPacket(long Place)
{
    private const int LengthBits = 16;

    public bool IsCopy => Place < 0;

    /// <summary>Whether it is no packet, but says which input the next ones are in.</summary>
    public bool IsInput => Length == 0;

    public int Length => (int)(Place & ((1 << LengthBits) - 1));

    /// <summary>The offset in the input, the place of the copy, or the number of the input.</summary>
    public long Offset => (Place & long.MaxValue) >> LengthBits;

    public static KeptPacket Input(int input) => new((long)input << LengthBits);

    public static KeptPacket Read(long offset, int length) => new((offset << LengthBits) | (uint)length);

    public static KeptPacket Copy(long place, int length) => new(long.MinValue | (place << LengthBits) | (uint)length);
}
