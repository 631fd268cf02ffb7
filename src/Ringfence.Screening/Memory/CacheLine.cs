using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Ringfence.Screening.Memory;

/// <summary>What the processor fetches at once.</summary>
internal static class CacheLine
{
    public const int Size = 64;

    /// <summary>
    /// Asks for the line without waiting for it. Lines that are asked for one after another come in the time of one, which a
    /// look-up that waits for each does not get.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch<T>(ref readonly T start)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in start)));
        }
    }
}
