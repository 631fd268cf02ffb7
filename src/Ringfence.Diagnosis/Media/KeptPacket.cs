namespace Ringfence.Diagnosis.Media;

/// <summary>Where one packet of a stream is, and how loud.</summary>
/// <param name="Place">
/// A place and, in the lowest 16 bits, a length. A copy has the sign; without a length it is the number of the input that those after it are in.
/// </param>
/// <param name="Loudness">Of G.711, as <see cref="G711Loudness"/> has it; below 0 of anything else.</param>
internal readonly record struct KeptPacket(long Place, long Loudness)
{
    private const int LengthBits = 16;

    public bool IsCopy => Place < 0;

    /// <summary>Whether it is no packet, but says which input the next ones are in.</summary>
    public bool IsInput => Length == 0;

    public int Length => (int)(Place & ((1 << LengthBits) - 1));

    /// <summary>The offset in the input, the place of the copy, or the number of the input.</summary>
    public long Offset => (Place & long.MaxValue) >> LengthBits;

    public static KeptPacket Input(int input) => new((long)input << LengthBits, -1);

    public static KeptPacket Read(long offset, int length, long loudness) =>
        new((offset << LengthBits) | (uint)length, loudness);

    public static KeptPacket Copy(long place, int length, long loudness) =>
        new(long.MinValue | (place << LengthBits) | (uint)length, loudness);
}
