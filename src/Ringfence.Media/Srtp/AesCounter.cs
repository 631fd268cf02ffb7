using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Ringfence.Media.Srtp;

/// <summary>
/// AES counter mode (RFC 3711 section 4.1.1) under one key, whose context is kept: the one-shot methods of the framework make
/// one, with its key schedule, for every packet. Not thread-safe.
/// </summary>
internal sealed class AesCounter : IDisposable
{
    private const int BlockLength = 16;

    private readonly byte[] _stream = new byte[BlockLength * 16];
    private readonly Aes _aes = Aes.Create();
    private readonly ICryptoTransform _cipher;

    public AesCounter(ReadOnlySpan<byte> key)
    {
        _aes.SetKey(key);
#pragma warning disable CA5358 // The block cipher itself is what counter mode is made of.
        _aes.Mode = CipherMode.ECB;
#pragma warning restore CA5358
        _aes.Padding = PaddingMode.None;
        _cipher = _aes.CreateEncryptor();
    }

    /// <summary>Adds the keystream that begins at a counter block to octets.</summary>
    public void Apply(ReadOnlySpan<byte> counter, Span<byte> octets)
    {
        var low = BinaryPrimitives.ReadUInt16BigEndian(counter[14..]);
        while (!octets.IsEmpty)
        {
            var length = Math.Min(_stream.Length, octets.Length);
            var whole = (length + BlockLength - 1) / BlockLength * BlockLength;
            for (var at = 0; at < whole; at += BlockLength)
            {
                counter.CopyTo(_stream.AsSpan(at));
                BinaryPrimitives.WriteUInt16BigEndian(_stream.AsSpan(at + 14), low++);
            }
            _cipher.TransformBlock(_stream, 0, whole, _stream, 0);
            Add(octets[..length], _stream);
            octets = octets[length..];
        }
    }

    public void Dispose()
    {
        _cipher.Dispose();
        _aes.Dispose();
        CryptographicOperations.ZeroMemory(_stream);
    }

    private static void Add(Span<byte> octets, ReadOnlySpan<byte> stream)
    {
        var eights = MemoryMarshal.Cast<byte, ulong>(octets);
        var keys = MemoryMarshal.Cast<byte, ulong>(stream);
        for (var i = 0; i < eights.Length; i++)
        {
            eights[i] ^= keys[i];
        }
        for (var i = eights.Length * sizeof(ulong); i < octets.Length; i++)
        {
            octets[i] ^= stream[i];
        }
    }
}
