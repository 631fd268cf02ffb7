using System.Security.Cryptography;
using System.Text;
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
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(keyHash);
        hash.AppendData(BitConverter.GetBytes(passport.Claims.IssuedAt));
        hash.AppendData([(byte)passport.Type, (byte)passport.Claims.Attest]);
        Append(hash, passport.Claims.OrigId ?? string.Empty);
        Append(hash, passport.Claims.Orig.Value);
        foreach (var dest in passport.Claims.Dest)
        {
            Append(hash, dest.Value);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BitConverter.ToUInt128(digest);
    }

    private static void Append(IncrementalHash hash, string text)
    {
        Span<byte> octets = stackalloc byte[1024];
        if (Encoding.UTF8.TryGetBytes(text, octets, out int written))
        {
            hash.AppendData(octets[..written]);
        }
        else
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }

        hash.AppendData("\0"u8);
    }
}
