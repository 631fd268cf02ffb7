using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;

namespace Ringfence.Stir.Verification;

/// <summary>
/// Tokens that were accepted, each with its call. A token is known by what it claims and who signed, not by its signature's bytes:
/// of an ECDSA signature anyone can make a second one that holds (s and n - s). Two generations bound time and memory.
/// </summary>
internal sealed class ReplayCache(int capacity, TimeSpan lifetime, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Dictionary<UInt128, ulong> _young = [];
    private Dictionary<UInt128, ulong> _old = [];
    private DateTimeOffset _turn = time.GetUtcNow() + lifetime;

    /// <summary>Notes a token.</summary>
    /// <returns>False when it was used in another call. The same Call-ID is a fork, a retry or a request within the dialog (RFC 8224 §6.2.3).</returns>
    public bool TryNote(PassportToken passport, ReadOnlySpan<byte> keyHash, ReadOnlySpan<byte> callId)
    {
        UInt128 token = Hash(passport, keyHash);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(callId, digest);
        ulong call = BitConverter.ToUInt64(digest);
        lock (_gate)
        {
            Turn();
            if (_young.TryGetValue(token, out ulong known) || _old.TryGetValue(token, out known))
            {
                return known == call;
            }

            _young.Add(token, call);
            return true;
        }
    }

    /// <summary>Forgets a token whose call came to nothing.</summary>
    public void Forget(PassportToken passport, ReadOnlySpan<byte> keyHash)
    {
        UInt128 token = Hash(passport, keyHash);
        lock (_gate)
        {
            _young.Remove(token);
            _old.Remove(token);
        }
    }

    private void Turn()
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now < _turn && _young.Count < capacity / 2)
        {
            return;
        }

        (_young, _old) = (_old, _young);
        _young.Clear();
        _turn = now + lifetime;
    }

    private static UInt128 Hash(PassportToken passport, ReadOnlySpan<byte> keyHash)
    {
        PassportClaims claims = passport.Claims;
        var known = new ArrayBufferWriter<byte>(256);
        known.Write(keyHash);
        BinaryPrimitives.WriteInt64BigEndian(known.GetSpan(8), claims.IssuedAt);
        known.Advance(8);
        known.Write([(byte)passport.Type, (byte)claims.Attest]);
        Append(known, claims.OrigId);
        Append(known, claims.Orig.Value);
        for (int at = 0; at < claims.Dest.Count; at++)
        {
            Append(known, claims.Dest[at].Value);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(known.WrittenSpan, digest);
        return BitConverter.ToUInt128(digest);
    }

    private static void Append(ArrayBufferWriter<byte> known, string? text)
    {
        Encoding.UTF8.GetBytes(text, known);
        known.Write("\0"u8);
    }
}
