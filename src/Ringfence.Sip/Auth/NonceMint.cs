using System.Security.Cryptography;
using System.Text;

namespace Ringfence.Sip.Auth;

/// <summary>
/// Makes nonces that carry their own time under a keyed hash (RFC 7616 §3.3), so that nothing is kept for a challenge that is
/// never answered. Safe for any thread.
/// </summary>
internal sealed class NonceMint
{
    internal const int TextLength = 2 * (Nonce.Length + MacLength);
    private const int MacLength = 16;

    private readonly byte[] _key;
    private readonly byte[] _realm;
    private readonly TimeProvider _clock;
    private long _serial;

    internal NonceMint(ReadOnlySpan<byte> key, string realm, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 16, nameof(key));
        _key = key.ToArray();
        _realm = Encoding.UTF8.GetBytes(realm);
        _clock = clock;
    }

    internal long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    internal void Make(Span<byte> text)
    {
        Span<byte> bytes = stackalloc byte[Nonce.Length + MacLength];
        new Nonce(Now, Interlocked.Increment(ref _serial)).Write(bytes);
        Seal(bytes[..Nonce.Length], bytes[Nonce.Length..]);
        Convert.TryToHexStringLower(bytes, text, out _);
    }

    /// <summary>False for one that was not made with this key and realm.</summary>
    internal bool TryRead(ReadOnlySpan<byte> text, out Nonce nonce)
    {
        Span<byte> bytes = stackalloc byte[Nonce.Length + MacLength];
        Span<byte> mac = stackalloc byte[MacLength];
        nonce = default;
        if (
            text.Length != TextLength
            || Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done
        )
        {
            return false;
        }

        Seal(bytes[..Nonce.Length], mac);
        nonce = Nonce.Read(bytes);
        return CryptographicOperations.FixedTimeEquals(mac, bytes[Nonce.Length..]);
    }

    private void Seal(ReadOnlySpan<byte> nonce, Span<byte> mac)
    {
        Span<byte> text = stackalloc byte[Nonce.Length + _realm.Length];
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        nonce.CopyTo(text);
        _realm.CopyTo(text[Nonce.Length..]);
        HMACSHA256.HashData(_key, text, whole);
        whole[..MacLength].CopyTo(mac);
    }
}
