using System.Globalization;

namespace Ringfence.Screening.Facts;

/// <summary>
/// A telephone number packed into one word: the digit 1 followed by the number's digits, so that leading zeros and the
/// length survive. Global numbers (E.164, at most 15 digits) and local ones (no country code) never compare equal.
/// </summary>
/// <remarks>Visual separators of RFC 3966 §5.1.1 are dropped on reading. Cut to a prefix it is still a number.</remarks>
public readonly record struct PhoneNumber
{
    /// <summary>Digits of the longest number that ITU-T E.164 §6.2.1 allows.</summary>
    public const int MaxDigits = 15;

    internal const int KeyBits = 52;
    private const ulong LocalBit = 1UL << 51;

    private static readonly ulong[] PowersOfTen =
    [
        .. Enumerable.Range(0, MaxDigits + 1).Select(n => (ulong)Math.Pow(10, n)),
    ];

    private PhoneNumber(ulong key) => Key = key;

    /// <summary>True for the value that stands for no number at all.</summary>
    public bool IsNone => Key == 0;

    /// <summary>True for a number with a country code ("+…").</summary>
    public bool IsGlobal => Key != 0 && (Key & LocalBit) == 0;

    /// <summary>How many digits it has.</summary>
    public int Length => DigitsOf(Key & ~LocalBit);

    /// <summary>The packed word: equal for equal numbers, 52 bits wide.</summary>
    internal ulong Key { get; }

    /// <summary>The digit 1 followed by the number's digits, whether it is global or local.</summary>
    internal ulong Digits => Key & ~LocalBit;

    /// <summary>Reads "+33 1 99 00 12 34", "+33-1-…" or a local number such as "112"; at most 15 digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PhoneNumber number)
    {
        number = default;
        var global = text is ['+', ..];
        ulong key = 1;
        var digits = 0;
        foreach (var c in global ? text[1..] : text)
        {
            if (char.IsAsciiDigit(c) && ++digits <= MaxDigits)
            {
                key = (key * 10) + (ulong)(c - '0');
            }
            else if (c is not (' ' or '-' or '.' or '(' or ')' or '/'))
            {
                return false;
            }
        }

        if (digits == 0)
        {
            return false;
        }

        number = new PhoneNumber(global ? key : key | LocalBit);
        return true;
    }

    /// <summary>The first <paramref name="length"/> digits; the whole number where it has no more.</summary>
    public PhoneNumber Prefix(int length) => WithoutLast(Math.Max(0, Length - length));

    /// <summary>How many leading digits the two numbers share; zero for a global with a local number.</summary>
    public int SharedDigits(PhoneNumber other)
    {
        if (IsNone || other.IsNone || IsGlobal != other.IsGlobal)
        {
            return 0;
        }

        var length = Math.Min(Length, other.Length);
        while (length > 0 && Prefix(length).Key != other.Prefix(length).Key)
        {
            length--;
        }

        return length;
    }

    /// <summary>How many trailing digits differ; the most possible where the two are not of one length and kind.</summary>
    public int DifferingDigits(PhoneNumber other) =>
        !IsNone && other.Length == Length && other.IsGlobal == IsGlobal ? Length - SharedDigits(other) : MaxDigits;

    /// <summary>True where the two are of one length and kind, and no digits differ but the last so many.</summary>
    internal bool DiffersOnlyInLast(int digits, PhoneNumber other)
    {
        var length = Length;
        return !IsNone
            && other.Length == length
            && other.IsGlobal == IsGlobal
            && (length <= digits || WithoutLast(digits).Key == other.WithoutLast(digits).Key);
    }

    /// <summary>How far the other number lies behind this one; null where they are not in the same block.</summary>
    public long? DistanceTo(PhoneNumber other) =>
        IsNone || other.Length != Length || IsGlobal != other.IsGlobal ? null : (long)other.Key - (long)Key;

    /// <summary>The number as RFC 3966 writes it: "+" and digits, or digits alone for a local one.</summary>
    public override string ToString() =>
        IsNone ? "" : (IsGlobal ? "+" : "") + (Key & ~LocalBit).ToString(CultureInfo.InvariantCulture)[1..];

    /// <summary>The number without its last <paramref name="digits"/> digits, of which it must have as many.</summary>
    internal PhoneNumber WithoutLast(int digits) => new(((Key & ~LocalBit) / PowersOfTen[digits]) | (Key & LocalBit));

    internal static PhoneNumber FromKey(ulong key) => new(key);

    private static int DigitsOf(ulong key)
    {
        // The leading 1 counts for none: log10 of the key, by the bit length (1233/4096 is log10 of 2).
        if (key == 0)
        {
            return 0;
        }

        var guess = (64 - System.Numerics.BitOperations.LeadingZeroCount(key)) * 1233 >> 12;
        return guess <= MaxDigits && key >= PowersOfTen[guess] ? guess : guess - 1;
    }
}
