using Ringfence.Media.Tones;

namespace Ringfence.Media.Prompts;

/// <summary>
/// What can be said to callers before the answer: recorded words by language, and phrases made of them. English, French,
/// Spanish and German come along; a folder of the user's replaces words and adds languages. Decoded once; thread-safe.
/// </summary>
public sealed class PromptLibrary
{
    private const string Slot = "{digits}";
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan BetweenDigits = TimeSpan.FromMilliseconds(60);

    private readonly Dictionary<string, PromptFile.Language> _languages;
    private readonly Dictionary<string, string> _byCountry;
    private readonly Dictionary<(string Language, string Word), Recording> _recordings;

    internal PromptLibrary(
        Dictionary<string, PromptFile.Language> languages,
        Dictionary<(string Language, string Word), Recording> recordings
    )
    {
        _languages = new(languages, StringComparer.OrdinalIgnoreCase);
        _recordings = recordings;
        Languages = [.. languages.Keys];
        _byCountry = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, language) in languages)
        {
            foreach (var country in language.Countries)
            {
                _byCountry[country] = name;
            }
        }
        // 8 kHz is what nearly all calls need: nothing is converted while one waits.
        Prepare(8000);
    }

    /// <summary>What the library brings along.</summary>
    public static PromptLibrary Default => LazyDefault.Value;

    private static Lazy<PromptLibrary> LazyDefault { get; } = new(() => PromptFiles.Load(null, []));

    /// <summary>The languages, as in <c>en</c>; the first is spoken where no other is wanted.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>
    /// The prompts that come along, with those of a folder over them: <c>LANGUAGE/WORD.wav</c>, and <c>prompts.json</c>
    /// for further languages and other phrases.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="faults">Files that cannot be used.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static PromptLibrary Load(string folder, out IReadOnlyList<PromptFault> faults)
    {
        var found = new List<PromptFault>();
        faults = found;
        return PromptFiles.Load(folder, found);
    }

    /// <summary>Converts everything to a sampling rate now rather than when it is first played.</summary>
    /// <param name="sampleRate">8000, 16000 or 48000.</param>
    public void Prepare(int sampleRate)
    {
        foreach (var recording in _recordings.Values)
        {
            recording.At(sampleRate);
        }
    }

    /// <summary>Whether a phrase, or a single word, can be said in a language.</summary>
    public bool CanSay(string language, string phrase) =>
        _languages.TryGetValue(language, out var data)
        && (
            data.Phrases.TryGetValue(phrase, out var words)
                ? words.Split(' ').All(word => word is "|" or Slot || Find(language, word) is not null)
                : Find(language, phrase) is not null
        );

    /// <summary>Puts a phrase together.</summary>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <param name="phrase">A phrase or a single word, such as <c>press-digits</c> or <c>goodbye</c>.</param>
    /// <param name="digits">
    /// What is read where the phrase wants digits: <c>0</c> to <c>9</c>, <c>*</c>, <c>#</c>, <c>+</c>. Visual separators
    /// make pauses; a long number without any is read in groups as the language does. Other characters are left out.
    /// </param>
    /// <exception cref="ArgumentException">The language or the phrase is unknown.</exception>
    public Phrase Say(string language, string phrase, string digits = "")
    {
        if (!CanSay(language, phrase))
        {
            throw new ArgumentException($"There is no prompt {phrase} in {language}.", nameof(phrase));
        }
        var data = _languages[language];
        var parts = new List<(Recording?, TimeSpan)>();
        var text = new List<string>();
        foreach (var word in data.Phrases.GetValueOrDefault(phrase, phrase).Split(' '))
        {
            if (word == Slot)
            {
                AddDigits(language, data, digits, parts, text);
            }
            else
            {
                parts.Add((word == "|" ? null : Find(language, word), word == "|" ? Breath : BetweenDigits));
                text.Add(word == "|" ? "" : data.Words.GetValueOrDefault(word, word));
            }
        }
        return new Phrase(language, string.Join(' ', text.Where(word => word.Length > 0)), [.. parts]);
    }

    /// <summary>
    /// The language to speak to a caller in: the most wanted of Accept-Language that there is, otherwise that of the
    /// country of the number, otherwise the first.
    /// </summary>
    /// <param name="acceptLanguage">Value of the header (RFC 3261 section 20.3), or nothing.</param>
    /// <param name="number">E.164 number of the caller, or nothing.</param>
    public string LanguageOf(ReadOnlySpan<char> acceptLanguage, ReadOnlySpan<char> number)
    {
        if (LanguageRanges.Best(acceptLanguage, Languages) is { } wanted)
        {
            return wanted;
        }
        var country = number.IsEmpty ? null : TonePlan.Default.ByNumber(number)?.Country;
        return country is not null && _byCountry.TryGetValue(country, out var spoken) ? spoken : Languages[0];
    }

    private void AddDigits(
        string language,
        PromptFile.Language data,
        string digits,
        List<(Recording?, TimeSpan)> parts,
        List<string> text
    )
    {
        var number = SpokenNumber.Read(digits, data.Group);
        foreach (var (word, endsGroup) in number)
        {
            parts.Add((Find(language, word), endsGroup ? Breath : BetweenDigits));
            text.Add(data.Words.GetValueOrDefault(word, word));
        }
    }

    private Recording? Find(string language, string word) => _recordings.GetValueOrDefault((language, word));
}
