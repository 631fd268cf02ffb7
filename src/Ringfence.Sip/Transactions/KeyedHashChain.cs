using System.Buffers.Binary;
using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Transactions;

/// <summary>Keyed hashes of several pieces: peers choose branches, tags and Call-IDs, and must not choose where they fall.</summary>
internal static class KeyedHashChain
{
    /// <summary>The hash of some bytes together with the hash of what came before them.</summary>
    internal static ulong Of(this in KeyedHash hash, ReadOnlySpan<byte> bytes, ulong before)
    {
        Span<byte> pair = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(pair, before);
        BinaryPrimitives.WriteUInt64LittleEndian(pair[8..], hash.Of(bytes));
        return hash.Of(pair);
    }
}
