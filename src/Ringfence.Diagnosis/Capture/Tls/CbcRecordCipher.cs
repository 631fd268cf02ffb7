using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>
/// AES-CBC records up to TLS 1.2: MAC, then padding, then encryption (RFC 5246 §6.2.3.2), or encryption before MAC (RFC 7366). In TLS 1.0 the
/// vector of a record is the last block of the one before (RFC 2246 §6.2.3.2); <paramref name="firstVector"/> is that of the first.
/// </summary>
internal sealed class CbcRecordCipher(
    byte[] key,
    byte[] macKey,
    HashAlgorithmName mac,
    bool encryptThenMac,
    byte[]? firstVector
) : RecordCipher
{
    private const int Block = 16;
    private readonly int _mac = CipherSuite.LengthOf(mac);
    private byte[]? _vector = firstVector;

    protected override byte[]? Decrypt(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        if (encryptThenMac)
        {
            return body.Length > _mac && Matches(header, body[..^_mac], body[^_mac..])
                ? Unpad(body[..^_mac])?.ToArray()
                : null;
        }

        var clear = Unpad(body);
        if (clear is null || clear.Length < _mac)
        {
            return null;
        }

        var contents = clear[..^_mac];
        return Matches(header, contents, clear.AsSpan(contents.Length)) ? contents : null;
    }

    protected override void Passed(ReadOnlySpan<byte> body)
    {
        var end = body.Length - (encryptThenMac ? _mac : 0);
        if (_vector is not null && end >= Block)
        {
            _vector = body[(end - Block)..end].ToArray();
        }
    }

    private byte[]? Unpad(ReadOnlySpan<byte> body)
    {
        var vector = _vector is null ? Block : 0;
        if (body.Length < vector + Block || body.Length % Block != 0)
        {
            return null;
        }

        using var aes = Aes.Create();
        aes.Key = key;
        var clear = aes.DecryptCbc(body[vector..], _vector ?? body[..Block], PaddingMode.None);
        var padding = clear[^1] + 1;
        return padding > clear.Length ? null : clear[..^padding];
    }

    private bool Matches(ReadOnlySpan<byte> header, ReadOnlySpan<byte> covered, ReadOnlySpan<byte> expected)
    {
        var input = new byte[13 + covered.Length];
        BinaryPrimitives.WriteUInt64BigEndian(input, Sequence);
        header[..3].CopyTo(input.AsSpan(8));
        BinaryPrimitives.WriteUInt16BigEndian(input.AsSpan(11), (ushort)covered.Length);
        covered.CopyTo(input.AsSpan(13));
        return CryptographicOperations.FixedTimeEquals(CryptographicOperations.HmacData(mac, macKey, input), expected);
    }
}
