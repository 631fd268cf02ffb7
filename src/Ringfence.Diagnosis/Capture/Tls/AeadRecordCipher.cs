using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>AES-GCM, AES-CCM and ChaCha20-Poly1305 records of TLS 1.2 (RFC 5288 §3, RFC 6655 §3, RFC 7905 §2) and TLS 1.3 (RFC 8446 §5.2).</summary>
internal sealed class AeadRecordCipher(CipherSuite suite, byte[] key, byte[] iv, bool tls13) : RecordCipher
{
    private const int ExplicitNonce = 8;

    protected override byte[]? Decrypt(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        var explicitNonce = !tls13 && suite.Kind != CipherKind.ChaCha20Poly1305 ? ExplicitNonce : 0;
        var length = body.Length - explicitNonce - suite.TagLength;
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
        return TryOpen(nonce, body.Slice(explicitNonce, length), body[^suite.TagLength..], clear, associated)
            ? clear
            : null;
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
            switch (suite.Kind)
            {
                case CipherKind.AesGcm:
                    using (var gcm = new AesGcm(key, suite.TagLength))
                    {
                        gcm.Decrypt(nonce, sealedBytes, tag, clear, associated);
                    }

                    break;
                case CipherKind.AesCcm:
                    using (var ccm = new AesCcm(key))
                    {
                        ccm.Decrypt(nonce, sealedBytes, tag, clear, associated);
                    }

                    break;
                default:
                    using (var chacha = new ChaCha20Poly1305(key))
                    {
                        chacha.Decrypt(nonce, sealedBytes, tag, clear, associated);
                    }

                    break;
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
