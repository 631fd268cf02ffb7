using System.Security.Cryptography;

namespace Ringfence.Media.Srtp;

/// <summary>Encryption and authentication of RTCP with the session keys of one direction.</summary>
internal sealed class SrtcpTransform : IDisposable
{
    /// <summary>First header and SSRC, which stay readable.</summary>
    public const int Readable = 8;

    /// <summary>The word with encryption flag and index.</summary>
    public const int IndexLength = 4;

    private const int Sha1Length = 20;

    /// <summary>Of SRTCP always 80 bits, also where SRTP has 32 (RFC 4568 section 6.2.2).</summary>
    private const int Sha1TagLength = 10;

    private readonly byte[] _salt;
    private readonly AesCounter? _aes;
    private readonly IncrementalHash? _hmac;
    private readonly AesGcm? _gcm;

    public SrtcpTransform(SrtpSuite suite, ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, byte[] authenticationKey)
    {
        _salt = salt.ToArray();
        TagLength = suite.IsAead ? suite.TagLength : Sha1TagLength;
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

    /// <summary>Session keys from a master key.</summary>
    public static SrtcpTransform Of(SrtpMasterKey master)
    {
        byte[] Derive(byte label, int length) => SrtpKeyDerivation.Derive(master.Key, master.Salt, label, length);

        var suite = master.Suite;
        return new SrtcpTransform(
            suite,
            Derive(SrtpKeyDerivation.ControlEncryptionKey, suite.KeyLength),
            Derive(SrtpKeyDerivation.ControlEncryptionSalt, suite.SaltLength),
            suite.IsAead ? [] : Derive(SrtpKeyDerivation.ControlAuthenticationKey, Sha1Length)
        );
    }

    /// <summary>Encrypts a packet in place. The octets behind it take the tag and the index word, in the order of the suite.</summary>
    /// <param name="packet">The packet with room behind it.</param>
    /// <param name="word">The word with flag and index.</param>
    /// <param name="index">The index.</param>
    public void Protect(Span<byte> packet, ReadOnlySpan<byte> word, long index)
    {
        var end = packet.Length - TagLength - IndexLength;
        var body = packet[Readable..end];
        if (_gcm is not null)
        {
            Span<byte> nonce = stackalloc byte[12];
            Span<byte> known = stackalloc byte[Readable + IndexLength];
            Prepare(packet, word, index, nonce, known);
            _gcm.Encrypt(nonce, body, body, packet.Slice(end, TagLength), known);
            word.CopyTo(packet[(end + TagLength)..]);
            return;
        }
        Encrypt(packet, body, index);
        word.CopyTo(packet[end..]);
        Tag(packet[..(end + IndexLength)], packet[(end + IndexLength)..]);
    }

    /// <summary>Checks the tag and decrypts in place.</summary>
    /// <returns>False when the tag is wrong.</returns>
    public bool Unprotect(Span<byte> packet, ReadOnlySpan<byte> word, long index)
    {
        var end = packet.Length - TagLength - IndexLength;
        var body = packet[Readable..end];
        if (_gcm is not null)
        {
            return Open(packet, word, index);
        }
        Span<byte> tag = stackalloc byte[TagLength];
        Tag(packet[..(end + IndexLength)], tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, packet[(end + IndexLength)..]))
        {
            return false;
        }
        Encrypt(packet, body, index);
        return true;
    }

    /// <summary>Where the index word stands: behind the tag of an AEAD suite, before that of the other ones.</summary>
    public Range Word(int length) =>
        _gcm is not null ? (length - IndexLength)..length : (length - TagLength - IndexLength)..(length - TagLength);

    public void Dispose()
    {
        _aes?.Dispose();
        _hmac?.Dispose();
        _gcm?.Dispose();
        CryptographicOperations.ZeroMemory(_salt);
    }

    private bool Open(Span<byte> packet, ReadOnlySpan<byte> word, long index)
    {
        var end = packet.Length - TagLength - IndexLength;
        Span<byte> nonce = stackalloc byte[12];
        Span<byte> known = stackalloc byte[Readable + IndexLength];
        Prepare(packet, word, index, nonce, known);
        var body = packet[Readable..end];
        try
        {
            _gcm!.Decrypt(nonce, body, packet.Slice(end, TagLength), body, known);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The framework has no other way of saying that the tag is wrong.
            return false;
        }
    }

    private void Prepare(
        ReadOnlySpan<byte> packet,
        ReadOnlySpan<byte> word,
        long index,
        Span<byte> nonce,
        Span<byte> known
    )
    {
        SrtpTransform.Nonce(packet.Slice(4, 4), index, _salt, nonce);
        packet[..Readable].CopyTo(known);
        word.CopyTo(known[Readable..]);
    }

    private void Encrypt(ReadOnlySpan<byte> packet, Span<byte> body, long index)
    {
        Span<byte> counter = stackalloc byte[16];
        SrtpTransform.Counter(packet.Slice(4, 4), index, _salt, counter);
        _aes!.Apply(counter, body);
    }

    /// <summary>HMAC-SHA1 over the packet with its index word (RFC 3711 sections 3.4 and 4.2).</summary>
    private void Tag(ReadOnlySpan<byte> authenticated, Span<byte> tag)
    {
        Span<byte> hash = stackalloc byte[Sha1Length];
        _hmac!.AppendData(authenticated);
        _hmac.GetHashAndReset(hash);
        hash[..tag.Length].CopyTo(tag);
    }
}
