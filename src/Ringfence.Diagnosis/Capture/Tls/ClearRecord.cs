namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>Records that are not encrypted: what they say, and a MAC that is not looked at (RFC 5246 §6.2.3.1).</summary>
internal sealed class ClearRecord(int macLength) : RecordCipher
{
    protected override byte[]? Decrypt(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body) =>
        body.Length < macLength ? null : body[..^macLength].ToArray();
}
