using System.IO.Compression;

namespace Ringfence.Diagnosis.Capture.Hep;

/// <summary>Compressed payloads of HEP version 3 (chunk 16): zlib (RFC 1950), bounded.</summary>
internal static class HepPayload
{
    private const int MaxLength = 262_144;

    /// <summary>The payload as it was before compression; empty if it is damaged or too long.</summary>
    public static byte[] Inflate(ReadOnlySpan<byte> compressed)
    {
        using var packed = new MemoryStream(compressed.ToArray());
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        var clear = new byte[MaxLength];
        try
        {
            var length = zlib.ReadAtLeast(clear, MaxLength, throwOnEndOfStream: false);
            return length < MaxLength ? clear[..length] : [];
        }
        catch (InvalidDataException)
        {
            // The framework tells damaged data this way only.
            return [];
        }
    }
}
