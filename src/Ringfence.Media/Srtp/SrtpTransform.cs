using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ringfence.Media.Srtp;

/// <summary>Encryption and authentication with the session keys of one direction.</summary>
internal sealed class SrtpTransform : IDisposable
{
    private const int Sha1Length = 20;

    private readonly SrtpSuite _suite;
    private readonly byte[] _salt;
    private readonly AesCounter? _aes;
    private readonly IncrementalHash? _hmac;
    private readonly AesGcm? _gcm;

    public SrtpTransform(SrtpSuite suite, ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, byte[] authenticationKey)
    {
        _suite = suite;
        _salt = salt.ToArray();
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

    /// <summary>Session keys from a master key.</summary>
    public static SrtpTransform Of(SrtpMasterKey master)
    {
        byte[] Derive(byte label, int length) => SrtpKeyDerivation.Derive(master.Key, master.Salt, label, length);

        var suite = master.Suite;
        return new SrtpTransform(
            suite,
            Derive(SrtpKeyDerivation.EncryptionKey, suite.KeyLength),
            Derive(SrtpKeyDerivation.EncryptionSalt, suite.SaltLength),
            suite.IsAead ? [] : Derive(SrtpKeyDerivation.AuthenticationKey, Sha1Length)
        );
    }

    /// <summary>Encrypts a packet in place and puts its tag behind it.</summary>
    /// <param name="packet">The packet with room for the tag behind it.</param>
    /// <param name="payload">Where the payload begins.</param>
    /// <param name="index">Packet index.</param>
    public void Protect(Span<byte> packet, int payload, long index)
    {
        var end = packet.Length - _suite.TagLength;
        var body = packet[payload..end];
        if (_gcm is not null)
        {
            Span<byte> nonce = stackalloc byte[12];
            Nonce(packet.Slice(8, 4), index, _salt, nonce);
            _gcm.Encrypt(nonce, body, body, packet[end..], packet[..payload]);
            return;
        }
        Encrypt(packet, body, index);
        Tag(packet[..end], index, packet[end..]);
    }

    /// <summary>Checks the tag and decrypts in place.</summary>
    /// <returns>False when the tag is wrong.</returns>
    public bool Unprotect(Span<byte> packet, int payload, long index)
    {
        var end = packet.Length - _suite.TagLength;
        var body = packet[payload..end];
        if (_gcm is not null)
        {
            return Open(packet, payload, index);
        }
        Span<byte> tag = stackalloc byte[_suite.TagLength];
        Tag(packet[..end], index, tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, packet[end..]))
        {
            return false;
        }
        Encrypt(packet, body, index);
        return true;
    }

    public void Dispose()
    {
        _aes?.Dispose();
        _hmac?.Dispose();
        _gcm?.Dispose();
        CryptographicOperations.ZeroMemory(_salt);
    }

    private bool Open(Span<byte> packet, int payload, long index)
    {
        var end = packet.Length - _suite.TagLength;
        Span<byte> nonce = stackalloc byte[12];
        Nonce(packet.Slice(8, 4), index, _salt, nonce);
        var body = packet[payload..end];
        try
        {
            _gcm!.Decrypt(nonce, body, packet[end..], body, packet[..payload]);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The framework has no other way of saying that the tag is wrong.
            return false;
        }
    }

    private void Encrypt(ReadOnlySpan<byte> packet, Span<byte> body, long index)
    {
        Span<byte> counter = stackalloc byte[16];
        Counter(packet.Slice(8, 4), index, _salt, counter);
        _aes!.Apply(counter, body);
    }

    /// <summary>Counter block (RFC 3711 section 4.1.1): (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16).</summary>
    internal static void Counter(ReadOnlySpan<byte> ssrc, long index, ReadOnlySpan<byte> salt, Span<byte> counter)
    {
        counter.Clear();
        ssrc.CopyTo(counter[4..]);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, index);
        number[2..].CopyTo(counter[8..]);
        Xor(counter, salt);
    }

    /// <summary>
    /// Nonce of RFC 7714 sections 8.1 and 9.1: two zero octets, SSRC, 48 bits of index (rollover counter and sequence number, or
    /// that of SRTCP), XOR salt.
    /// </summary>
    internal static void Nonce(ReadOnlySpan<byte> ssrc, long index, ReadOnlySpan<byte> salt, Span<byte> nonce)
    {
        nonce[..2].Clear();
        ssrc.CopyTo(nonce[2..]);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, index);
        number[2..].CopyTo(nonce[6..]);
        Xor(nonce, salt);
    }

    /// <summary>HMAC-SHA1 over the packet and the rollover counter behind it, cut to the tag (RFC 3711 section 4.2).</summary>
    private void Tag(ReadOnlySpan<byte> packet, long index, Span<byte> tag)
    {
        Span<byte> rollover = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(rollover, (uint)(index >> 16));
        _hmac!.AppendData(packet);
        _hmac.AppendData(rollover);
        Span<byte> hash = stackalloc byte[Sha1Length];
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
