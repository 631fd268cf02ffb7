using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>AES-CBC records of TLS 1.2: MAC, then padding, then encryption (RFC 5246 §6.2.3.2), or encryption before MAC (RFC 7366).</summary>
internal sealed class CbcRecordCipher(byte[] key, byte[] macKey, HashAlgorithmName mac, bool encryptThenMac)
    : RecordCipher
{
    private const int Block = 16;

    protected override byte[]? Decrypt(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        var macLength = CipherSuite.LengthOf(mac);
        if (encryptThenMac)
        {
            return
                body.Length > macLength
                && Matches(header, body[..^macLength], body.Length - macLength, body[^macLength..])
                ? Unpad(body[..^macLength])?.ToArray()
                : null;
        }

        var clear = Unpad(body);
        if (clear is null || clear.Length < macLength)
        {
            return null;
        }

        var length = clear.Length - macLength;
        return Matches(header, clear.AsSpan(0, length), length, clear.AsSpan(length)) ? clear[..length] : null;
    }

    private byte[]? Unpad(ReadOnlySpan<byte> body)
    {
        if (body.Length < 2 * Block || body.Length % Block != 0)
        {
            return null;
        }

        using var aes = Aes.Create();
        aes.Key = key;
        var clear = aes.DecryptCbc(body[Block..], body[..Block], PaddingMode.None);
        var padding = clear[^1] + 1;
        return padding > clear.Length ? null : clear[..^padding];
    }

    private bool Matches(ReadOnlySpan<byte> header, ReadOnlySpan<byte> covered, int length, ReadOnlySpan<byte> expected)
    {
        var input = new byte[13 + covered.Length];
        BinaryPrimitives.WriteUInt64BigEndian(input, Sequence);
        header[..3].CopyTo(input.AsSpan(8));
        BinaryPrimitives.WriteUInt16BigEndian(input.AsSpan(11), (ushort)length);
        covered.CopyTo(input.AsSpan(13));
        return CryptographicOperations.FixedTimeEquals(CryptographicOperations.HmacData(mac, macKey, input), expected);
    }
}
