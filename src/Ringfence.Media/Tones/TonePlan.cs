namespace Ringfence.Media.Tones;

/// <summary>The tones of all countries, from the embedded data, and the ways to find a country's.</summary>
public sealed class TonePlan
{
    private readonly Dictionary<string, CountryTones> _byCountry;
    private readonly Dictionary<string, CountryTones> _byCallingCode;
    private readonly IReadOnlyDictionary<string, string> _languages;
    private readonly int _longestCode;

    internal TonePlan(
        IReadOnlyList<CountryTones> countries,
        IReadOnlyDictionary<string, string> languages,
        IReadOnlyList<SpecialInformationTone> specialInformation
    )
    {
        Countries = countries;
        SpecialInformation = specialInformation;
        _languages = languages;
        _byCountry = countries.ToDictionary(tones => tones.Country, StringComparer.OrdinalIgnoreCase);
        _byCallingCode = countries
            .SelectMany(tones => tones.CallingCodes, (tones, code) => (tones, code))
            .ToDictionary(pair => pair.code, pair => pair.tones, StringComparer.Ordinal);
        _longestCode = _byCallingCode.Keys.Max(code => code.Length);
    }

    /// <summary>The plan that the library brings along.</summary>
    public static TonePlan Default => LazyDefault.Value;

    private static Lazy<TonePlan> LazyDefault { get; } = new(TonePlanData.Load);

    /// <summary>All countries, by ISO code.</summary>
    public IReadOnlyList<CountryTones> Countries { get; }

    /// <summary>The special information tones; the first is that of the ITU.</summary>
    public IReadOnlyList<SpecialInformationTone> SpecialInformation { get; }

    /// <summary>The tones of a country, or null.</summary>
    /// <param name="iso">ISO 3166-1 alpha-2 code.</param>
    public CountryTones? ByCountry(string iso) => _byCountry.GetValueOrDefault(iso);

    /// <summary>The tones of the country that a telephone number belongs to, or null.</summary>
    /// <param name="number">E.164 number, with or without <c>+</c> and visual separators.</param>
    public CountryTones? ByNumber(ReadOnlySpan<char> number)
    {
        Span<char> digits = stackalloc char[_longestCode];
        var length = 0;
        foreach (var letter in number)
        {
            if (length == digits.Length)
            {
                break;
            }
            if (char.IsAsciiDigit(letter))
            {
                digits[length++] = letter;
            }
            else if (letter is not ('+' or '-' or '.' or '(' or ')' or ' '))
            {
                break;
            }
        }
        var codes = _byCallingCode.GetAlternateLookup<ReadOnlySpan<char>>();
        for (; length > 0; length--)
        {
            if (codes.TryGetValue(digits[..length], out var tones))
            {
                return tones;
            }
        }
        return null;
    }

    /// <summary>
    /// The tones for an <c>Accept-Language</c> value (RFC 9110 section 12.5.4): by the region of the most wanted tag,
    /// otherwise by the country where its language is at home; null when no tag leads anywhere.
    /// </summary>
    /// <param name="acceptLanguage">The header's value, such as <c>fr-CA, fr;q=0.8</c>.</param>
    public CountryTones? ByLanguage(ReadOnlySpan<char> acceptLanguage)
    {
        CountryTones? best = null;
        var weight = 0.0;
        foreach (var range in acceptLanguage.Split(','))
        {
            var item = acceptLanguage[range].Trim();
            var quality = Quality(item);
            if (quality > weight && OfTag(item[..TagLength(item)]) is { } tones)
            {
                (best, weight) = (tones, quality);
            }
        }
        return best;
    }

    /// <summary>The special information tone for a cause.</summary>
    /// <param name="cause">Q.850 cause.</param>
    public SpecialInformationTone ByCause(int cause) =>
        SpecialInformation.FirstOrDefault(tone => tone.Causes.Contains(cause)) ?? SpecialInformation[0];

    private CountryTones? OfTag(ReadOnlySpan<char> tag)
    {
        var countries = _byCountry.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in tag.Split('-'))
        {
            // A region is two letters behind the language; a script has four and a variant more (RFC 5646 section 2.1).
            if (range.Start.Value > 0 && tag[range].Length == 2 && countries.TryGetValue(tag[range], out var tones))
            {
                return tones;
            }
        }
        var dash = tag.IndexOf('-');
        var language = (dash < 0 ? tag : tag[..dash]).ToString();
        return _languages.TryGetValue(language, out var iso) ? ByCountry(iso) : null;
    }

    private static int TagLength(ReadOnlySpan<char> item)
    {
        var end = item.IndexOfAny(';', ' ');
        return end < 0 ? item.Length : end;
    }

    private static double Quality(ReadOnlySpan<char> item)
    {
        var at = item.IndexOf("q=", StringComparison.OrdinalIgnoreCase);
        if (at < 0 || at < item.IndexOf(';'))
        {
            return 1;
        }
        return double.TryParse(
            item[(at + 2)..].Trim(),
            System.Globalization.NumberStyles.AllowDecimalPoint,
            System.Globalization.CultureInfo.InvariantCulture,
            out var quality
        )
            ? Math.Min(1, quality)
            : 0;
    }
}
