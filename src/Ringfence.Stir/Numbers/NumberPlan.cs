namespace Ringfence.Stir.Numbers;

/// <summary>How numbers are dialled where a trunk hands them over, so that they can be made canonical (RFC 8224 §8.3).</summary>
public sealed record NumberPlan
{
    /// <summary>Numbers arrive with their country code, with or without "+".</summary>
    public static NumberPlan Global { get; } = new();

    /// <summary>North America: 10 digits, or 1 and 10 digits.</summary>
    public static NumberPlan NorthAmerica { get; } =
        new()
        {
            CountryCode = "1",
            NationalPrefix = "1",
            InternationalPrefix = "011",
            NationalDigits = 10,
        };

    /// <summary>France: 0 and 9 digits; a portability prefix may make a number longer than E.164 permits.</summary>
    public static NumberPlan France { get; } =
        new()
        {
            CountryCode = "33",
            NationalPrefix = "0",
            InternationalPrefix = "00",
            NationalDigits = 9,
            MaximumDigits = 20,
        };

    /// <summary>Country code that a national number gets; empty: none is added.</summary>
    public string CountryCode { get; init; } = string.Empty;

    /// <summary>What is dialled before a national number, such as "0".</summary>
    public string NationalPrefix { get; init; } = string.Empty;

    /// <summary>What is dialled before a foreign number, such as "00".</summary>
    public string InternationalPrefix { get; init; } = string.Empty;

    /// <summary>Digits of a national number without its prefix; 0: they vary, and only the prefix tells a national number.</summary>
    public int NationalDigits { get; init; }

    /// <summary>Longest number: 15 by E.164, more where routing digits are carried in front.</summary>
    public int MaximumDigits { get; init; } = 15;

    /// <summary>Numbers of at most this many digits are service numbers (112, 911, 116117) and stay as they are.</summary>
    public int ServiceDigits { get; init; } = 6;

    /// <summary>Whether a user part of digits without "+" or "user=phone" is a number (local policy of RFC 8224 §8.1).</summary>
    public bool DigitsAreNumbers { get; init; } = true;

    /// <summary>Puts a number without "+" into international form.</summary>
    internal ReadOnlySpan<char> Internationalize(ReadOnlySpan<char> digits, Span<char> buffer)
    {
        if (digits.Length <= ServiceDigits || digits.ContainsAny('*', '#'))
        {
            return digits;
        }

        if (InternationalPrefix.Length > 0 && digits.StartsWith(InternationalPrefix))
        {
            return digits[InternationalPrefix.Length..];
        }

        bool prefixed = NationalPrefix.Length > 0 && digits.StartsWith(NationalPrefix);
        bool national = NationalDigits == 0 ? prefixed : digits.Length == NationalDigits;
        if (prefixed && (NationalDigits == 0 || digits.Length == NationalDigits + NationalPrefix.Length))
        {
            digits = digits[NationalPrefix.Length..];
            national = true;
        }

        if (!national || CountryCode.Length == 0)
        {
            return digits;
        }

        CountryCode.CopyTo(buffer);
        digits.CopyTo(buffer[CountryCode.Length..]);
        return buffer[..(CountryCode.Length + digits.Length)];
    }
}
