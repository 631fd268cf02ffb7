using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ringfence.Screening.Memory;

/// <summary>An array that begins with a line of the cache, and in large pages where the system has them.</summary>
/// <remarks>Memory of the collector, so that its limits hold for tables too; pinned, so that what is aligned stays so.</remarks>
internal sealed class LineArray<T>
    where T : unmanaged
{
    private readonly ulong[] _words;
    private readonly nint _first;

    /// <param name="length">How many items.</param>
    /// <param name="isBlank">False where each item is written before it is read, so that no memory is taken until then.</param>
    public LineArray(int length, bool isBlank = true)
    {
        Length = length;
        var words = ((long)length * Unsafe.SizeOf<T>() / sizeof(ulong)) + (CacheLine.Size / sizeof(ulong)) + 1;
        _words = GC.AllocateUninitializedArray<ulong>(checked((int)words), pinned: true);
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(_words, 0);
        _first = -address & (CacheLine.Size - 1);
        LargePages.Advise(address, (nint)words * sizeof(ulong));
        if (isBlank)
        {
            Array.Clear(_words);
        }
    }

    public int Length { get; }

    public long Bytes => (long)_words.Length * sizeof(ulong);

    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Length);
            ref var start = ref Unsafe.As<ulong, byte>(ref MemoryMarshal.GetArrayDataReference(_words));
            return ref Unsafe.As<byte, T>(
                ref Unsafe.AddByteOffset(ref start, _first + ((nint)(uint)index * Unsafe.SizeOf<T>()))
            );
        }
    }
}
