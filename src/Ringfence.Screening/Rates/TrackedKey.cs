using System.Numerics;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Rates;

/// <summary>What a record is kept under: a number or address, and in which part it is watched.</summary>
internal static class TrackedKey
{
    /// <summary>Digits that a block of numbers leaves open: a hundred numbers.</summary>
    public const int BlockDigits = 2;

    /// <summary>Bits that no key uses, for whoever keeps one.</summary>
    public const int FreeShift = RoleShift + 3;
    public const int FreeBits = 63 - FreeShift;

    private const int RoleShift = PhoneNumber.KeyBits;
    private const ulong AddressBit = 1UL << 63;

    /// <summary>The key of the party in this role; 0 for a party that cannot be told from others.</summary>
    public static ulong Of(in Party party, TrackedRole role) =>
        party.Form switch
        {
            PartyForm.Number or PartyForm.Local => party.Number.Key | ((ulong)role << RoleShift),
            PartyForm.Address => (HashOf(party.Text) >> 16) | ((ulong)role << RoleShift) | AddressBit,
            _ => 0,
        };

    /// <summary>The key of the block of numbers around the caller; 0 where it is no number.</summary>
    public static ulong OfBlock(in Party caller) =>
        caller.Number.Length > BlockDigits
            ? caller.Number.WithoutLast(BlockDigits).Key | ((ulong)TrackedRole.Block << RoleShift)
            : 0;

    public static TrackedRole RoleOf(ulong key) => (TrackedRole)((key >> RoleShift) & 7);

    /// <summary>Spreads a key over 64 bits (the finalizer of SplitMix64).</summary>
    public static ulong Mix(ulong key)
    {
        key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9;
        key = (key ^ (key >> 27)) * 0x94D049BB133111EB;
        return key ^ (key >> 31);
    }

    // The same on every node, unlike string.GetHashCode.
    private static ulong HashOf(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var c in text)
        {
            hash = BitOperations.RotateLeft((hash ^ c) * 0x100000001B3, 5);
        }

        return Mix(hash);
    }
}
