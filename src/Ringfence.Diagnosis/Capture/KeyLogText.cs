namespace Ringfence.Diagnosis.Capture;

/// <summary>Tells a TLS key log (SSLKEYLOGFILE, RFC 9850) from captures and logs by how it begins, so that it can lie beside them.</summary>
public static class KeyLogText
{
    /// <summary>How many bytes suffice to tell.</summary>
    public const int Head = 64;

    /// <summary>Whether a file that begins so is a key log: labels of secrets, or the comment that browsers write above them.</summary>
    public static bool Is(ReadOnlySpan<byte> head) =>
        head.StartsWith("CLIENT_"u8)
        || head.StartsWith("SERVER_"u8)
        || head.StartsWith("EXPORTER_SECRET "u8)
        || head[..Math.Min(head.Length, Head)].IndexOf("SSL/TLS secrets log"u8) >= 0;
}
