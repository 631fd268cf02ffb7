namespace Ringfence.Diagnosis.Capture;

/// <summary>Times of packets, in nanoseconds since 1970.</summary>
internal static class PacketTime
{
    // The year 2116. What a damaged file says of later is no time, and sums and differences of what is left never overflow.
    private const long Latest = long.MaxValue / 2;

    /// <summary>A time as a file has it, within what can be a time.</summary>
    public static long Of(Int128 nanoseconds) => (long)Int128.Clamp(nanoseconds, 0, Latest);
}
