using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transactions;

/// <summary>A tag or branch of our own making, held within the object that it names.</summary>
internal struct Token
{
    internal const int TagLength = 10;
    private const int RandomPart = 16;

    private Room _room;
    private byte _length;

    /// <summary>A tag of 50 random bits (RFC 3261 §19.3 asks for 32).</summary>
    internal static Token Tag(LaneRandom random)
    {
        Token token = default;
        random.FillToken(token.Grow(TagLength));
        return token;
    }

    /// <summary>A branch with the magic cookie, 80 random bits, and a mark that the maker can recognise it by (§16.6 item 8).</summary>
    internal static Token Branch(LaneRandom random, ReadOnlySpan<byte> mark = default)
    {
        Token token = default;
        token.Append(Via.MagicCookie);
        random.FillToken(token.Grow(RandomPart));
        token.Append(mark);
        return token;
    }

    /// <summary>Adds 13 characters that stand for a hash.</summary>
    internal void Append(ulong hash)
    {
        Span<byte> room = Grow(13);
        for (int i = 0; i < room.Length; i++, hash >>= 5)
        {
            room[i] = "abcdefghijkmnopqrstuvwxyz0123456"u8[(int)(hash & 31)];
        }
    }

    /// <summary>Adds bytes.</summary>
    internal void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Grow(bytes.Length));

    [UnscopedRef]
    internal readonly ReadOnlySpan<byte> Span => ((ReadOnlySpan<byte>)_room)[.._length];

    [UnscopedRef]
    private Span<byte> Grow(int count)
    {
        Span<byte> added = ((Span<byte>)_room).Slice(_length, count);
        _length += (byte)count;
        return added;
    }

    [InlineArray(40)]
    private struct Room
    {
        private byte _first;
    }
}
