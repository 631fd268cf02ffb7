using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>AES-GCM and ChaCha20-Poly1305 records of TLS 1.2 (RFC 5288 §3, RFC 7905 §2) and TLS 1.3 (RFC 8446 §5.2).</summary>
internal sealed class AeadRecordCipher(CipherKind kind, byte[] key, byte[] iv, bool tls13) : RecordCipher
{
    private const int TagLength = 16;
    private const int ExplicitNonce = 8;

    protected override byte[]? Decrypt(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        var explicitNonce = !tls13 && kind == CipherKind.AesGcm ? ExplicitNonce : 0;
        var length = body.Length - explicitNonce - TagLength;
        if (length < 0)
        {
            return null;
        }

        Span<byte> nonce = stackalloc byte[12];
        iv.CopyTo(nonce);
        if (explicitNonce > 0)
        {
            body[..ExplicitNonce].CopyTo(nonce[4..]);
        }
        else
        {
            var low = nonce[4..];
            BinaryPrimitives.WriteUInt64BigEndian(low, BinaryPrimitives.ReadUInt64BigEndian(low) ^ Sequence);
        }

        Span<byte> associated = stackalloc byte[13];
        if (tls13)
        {
            header.CopyTo(associated);
            associated = associated[..5];
        }
        else
        {
            BinaryPrimitives.WriteUInt64BigEndian(associated, Sequence);
            header[..3].CopyTo(associated[8..]);
            BinaryPrimitives.WriteUInt16BigEndian(associated[11..], (ushort)length);
        }

        var clear = new byte[length];
        return TryOpen(nonce, body.Slice(explicitNonce, length), body[^TagLength..], clear, associated) ? clear : null;
    }

    private bool TryOpen(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> sealedBytes,
        ReadOnlySpan<byte> tag,
        Span<byte> clear,
        ReadOnlySpan<byte> associated
    )
    {
        try
        {
            if (kind == CipherKind.AesGcm)
            {
                using var gcm = new AesGcm(key, TagLength);
                gcm.Decrypt(nonce, sealedBytes, tag, clear, associated);
            }
            else
            {
                using var chacha = new ChaCha20Poly1305(key);
                chacha.Decrypt(nonce, sealedBytes, tag, clear, associated);
            }

            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The framework has no other way to say that a record does not open with this key.
            return false;
        }
    }
}
