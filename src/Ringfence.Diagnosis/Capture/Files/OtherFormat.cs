namespace Ringfence.Diagnosis.Capture.Files;

/// <summary>Files that are not read here, and that other programs turn into some that are: known by how they begin.</summary>
internal static class OtherFormat
{
    /// <summary>What to say of an input in which nothing was found.</summary>
    public static DamageKind Of(ReadOnlySpan<byte> head) =>
        IsCompressed(head) ? DamageKind.OtherCompression
        : IsCapture(head) ? DamageKind.OtherCapture
        : DamageKind.UnknownFormat;

    // zip, Zstandard (RFC 8878), xz, bzip2, LZ4, 7z.
    private static bool IsCompressed(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\u0003\u0004"u8)
        || head is [0x28, 0xB5, 0x2F, 0xFD, ..]
        || head is [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..]
        || head.StartsWith("BZh"u8)
        || head is [0x04, 0x22, 0x4D, 0x18, ..]
        || head is [(byte)'7', (byte)'z', 0xBC, 0xAF, ..];

    // Network Monitor 1, Sniffer, NetXRay, 5View, Observer, Visual Networks, CommView, HP-UX nettl, LANalyzer, K12 as text.
    private static bool IsCapture(ReadOnlySpan<byte> head) =>
        head.StartsWith("RTSS"u8)
        || head.StartsWith("TRSNIFF data"u8)
        || head.StartsWith("XCP\0"u8)
        || head is [0xAA, 0xAA, 0xAA, 0xAA, ..]
        || head.StartsWith("ObserverPktBuf"u8)
        || head is [0x05, (byte)'V', (byte)'N', (byte)'F', ..]
        || head.StartsWith("NCFX"u8)
        || head is [0x54, 0x52, 0x00, 0x64, ..]
        || head is [0x01, 0x10, _, 0x00, ..]
        || head.StartsWith("+---------+"u8);
}
