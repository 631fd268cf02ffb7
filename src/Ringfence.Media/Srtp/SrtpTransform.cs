using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ringfence.Media.Srtp;

/// <summary>
/// Encryption and authentication with the session keys of one direction, of RTP or of RTCP. They differ in where the SSRC stands, in
/// what is authenticated besides the packet, and in the length of a tag of 32 bits. Not thread-safe.
/// </summary>
internal sealed class SrtpTransform : IDisposable
{
    private const int Sha1Length = 20;
    private const int NonceLength = 12;

    /// <summary>What of a report is authenticated and not encrypted: its first header, the SSRC, and the index word.</summary>
    private const int ReportKnown = 12;

    /// <summary>Of SRTCP always 80 bits, also where SRTP has 32 (RFC 4568 section 6.2.2).</summary>
    private const int ReportTagLength = 10;

    private readonly bool _isReports;
    private readonly byte[] _salt;
    private readonly AesCounter? _aes;
    private readonly IncrementalHash? _hmac;
    private readonly AesGcm? _gcm;

    /// <param name="suite">The suite of the keys.</param>
    /// <param name="isReports">Whether it is RTCP.</param>
    /// <param name="key">Session encryption key.</param>
    /// <param name="salt">Session salt.</param>
    /// <param name="authenticationKey">Session authentication key; empty for an AEAD suite.</param>
    public SrtpTransform(
        SrtpSuite suite,
        bool isReports,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> salt,
        byte[] authenticationKey
    )
    {
        _isReports = isReports;
        _salt = salt.ToArray();
        TagLength = isReports && !suite.IsAead ? ReportTagLength : suite.TagLength;
        if (suite.IsAead)
        {
            _gcm = new AesGcm(key, suite.TagLength);
        }
        else
        {
            _aes = new AesCounter(key);
#pragma warning disable CA5350 // SHA-1 is what RFC 3711 prescribes; in HMAC it is not known to be broken.
            _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, authenticationKey);
#pragma warning restore CA5350
        }
    }

    public int TagLength { get; }

    public bool IsAead => _gcm is not null;

    /// <summary>Session keys from a master key.</summary>
    public static SrtpTransform Of(SrtpMasterKey master, bool isReports)
    {
        byte[] Derive(byte label, int length) =>
            SrtpKeyDerivation.Derive(
                master.Key,
                master.Salt,
                isReports ? (byte)(label + SrtpKeyDerivation.ForReports) : label,
                length
            );

        var suite = master.Suite;
        return new SrtpTransform(
            suite,
            isReports,
            Derive(SrtpKeyDerivation.EncryptionKey, suite.KeyLength),
            Derive(SrtpKeyDerivation.EncryptionSalt, suite.SaltLength),
            suite.IsAead ? [] : Derive(SrtpKeyDerivation.AuthenticationKey, Sha1Length)
        );
    }

    /// <summary>Encrypts a packet in place and makes its tag.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="readable">Where the encrypted part begins.</param>
    /// <param name="word">
    /// Four octets that are authenticated with the packet and of which the receiver knows: of RTP the rollover counter (RFC 3711 section
    /// 4.2), of RTCP the word with encryption flag and index (section 3.4).
    /// </param>
    /// <param name="index">Index of the packet.</param>
    /// <param name="tag">Takes the tag.</param>
    public void Protect(Span<byte> packet, int readable, ReadOnlySpan<byte> word, long index, Span<byte> tag)
    {
        var body = packet[readable..];
        if (_gcm is not null)
        {
            Span<byte> nonce = stackalloc byte[NonceLength];
            Nonce(packet, index, nonce);
            Span<byte> known = stackalloc byte[ReportKnown];
            _gcm.Encrypt(nonce, body, body, tag, Known(packet[..readable], word, known));
            return;
        }
        Encrypt(packet, body, index);
        Tag(packet, word, tag);
    }

    /// <summary>Checks the tag and decrypts in place; the parameters are those of <see cref="Protect"/>.</summary>
    /// <returns>False when the tag is wrong.</returns>
    public bool Unprotect(Span<byte> packet, int readable, ReadOnlySpan<byte> word, long index, ReadOnlySpan<byte> tag)
    {
        if (_gcm is not null)
        {
            return Open(packet, readable, word, index, tag);
        }
        Span<byte> expected = stackalloc byte[TagLength];
        Tag(packet, word, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, tag))
        {
            return false;
        }
        Encrypt(packet, packet[readable..], index);
        return true;
    }

    public void Dispose()
    {
        _aes?.Dispose();
        _hmac?.Dispose();
        _gcm?.Dispose();
        CryptographicOperations.ZeroMemory(_salt);
    }

    private bool Open(Span<byte> packet, int readable, ReadOnlySpan<byte> word, long index, ReadOnlySpan<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Nonce(packet, index, nonce);
        Span<byte> known = stackalloc byte[ReportKnown];
        var body = packet[readable..];
        try
        {
            _gcm!.Decrypt(nonce, body, tag, body, Known(packet[..readable], word, known));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The framework has no other way of saying that the tag is wrong.
            return false;
        }
    }

    /// <summary>What is authenticated and not encrypted: of RTP the header, of RTCP the word too (RFC 7714 sections 8.3 and 9.2).</summary>
    private ReadOnlySpan<byte> Known(ReadOnlySpan<byte> header, ReadOnlySpan<byte> word, Span<byte> known)
    {
        if (!_isReports)
        {
            return header;
        }
        header.CopyTo(known);
        word.CopyTo(known[header.Length..]);
        return known;
    }

    private ReadOnlySpan<byte> Ssrc(ReadOnlySpan<byte> packet) => packet.Slice(_isReports ? 4 : 8, 4);

    /// <summary>Under a counter block of (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16) (RFC 3711 section 4.1.1).</summary>
    private void Encrypt(ReadOnlySpan<byte> packet, Span<byte> body, long index)
    {
        Span<byte> counter = stackalloc byte[16];
        counter.Clear();
        Number(Ssrc(packet), index, counter[4..]);
        Xor(counter, _salt);
        _aes!.Apply(counter, body);
    }

    /// <summary>Nonce of RFC 7714 sections 8.1 and 9.1: two zero octets, SSRC, 48 bits of index, XOR salt.</summary>
    private void Nonce(ReadOnlySpan<byte> packet, long index, Span<byte> nonce)
    {
        nonce.Clear();
        Number(Ssrc(packet), index, nonce[2..]);
        Xor(nonce, _salt);
    }

    /// <summary>SSRC and 48 bits of index: rollover counter and sequence number, or the index of SRTCP.</summary>
    private static void Number(ReadOnlySpan<byte> ssrc, long index, Span<byte> octets)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, index);
        ssrc.CopyTo(octets);
        number[2..].CopyTo(octets[4..]);
    }

    /// <summary>HMAC-SHA1 over the packet and the word behind it, cut to the tag (RFC 3711 section 4.2).</summary>
    private void Tag(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> word, Span<byte> tag)
    {
        Span<byte> hash = stackalloc byte[Sha1Length];
        _hmac!.AppendData(packet);
        _hmac.AppendData(word);
        _hmac.GetHashAndReset(hash);
        hash[..tag.Length].CopyTo(tag);
    }

    private static void Xor(Span<byte> octets, ReadOnlySpan<byte> with)
    {
        for (var i = 0; i < with.Length; i++)
        {
            octets[i] ^= with[i];
        }
    }
}
