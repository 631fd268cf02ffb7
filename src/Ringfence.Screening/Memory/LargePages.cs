using System.Runtime.InteropServices;

namespace Ringfence.Screening.Memory;

/// <summary>Pages of two megabytes: over a table of a gigabyte the processor then finds its way by some hundred entries that it keeps.</summary>
internal static partial class LargePages
{
    private const nint Size = 2 << 20;
    private const int HugePageAdvice = 14;

    /// <summary>Asks for large pages where whole ones fit. Only advice: a system that has none goes on with small ones.</summary>
    public static void Advise(nint address, nint bytes)
    {
        var first = (address + Size - 1) & -Size;
        var length = ((address + bytes) & -Size) - first;
        if (OperatingSystem.IsLinux() && length > 0)
        {
            _ = MemoryAdvise(first, length, HugePageAdvice);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MemoryAdvise(nint address, nint length, int advice);
}
