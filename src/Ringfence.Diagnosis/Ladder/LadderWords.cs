using System.Globalization;
using System.Text.Json;
using Ringfence.Diagnosis.Findings;
using Ringfence.Media.Hearing;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>The words of ladders and of what is shown beside them, by language.</summary>
public sealed class LadderWords
{
    private static readonly Lazy<Dictionary<string, Dictionary<string, string>>> All = new(Load);
    private static readonly string[] Large =
    [
        "US",
        "CN",
        "IN",
        "JP",
        "DE",
        "GB",
        "FR",
        "BR",
        "RU",
        "IT",
        "ES",
        "MX",
        "KR",
        "TR",
        "CA",
        "AU",
        "PL",
        "NL",
        "BE",
        "CH",
        "AT",
        "PT",
        "SE",
        "ZA",
        "AR",
    ];
    private readonly Dictionary<string, string> _words;

    private readonly string _language;

    private LadderWords(string language, Dictionary<string, string> words) => (_language, _words) = (language, words);

    /// <summary>The words of a language; English where there is no such language.</summary>
    public static LadderWords In(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return All.Value.TryGetValue(language, out var words)
            ? new LadderWords(language, words)
            : new LadderWords("en", All.Value["en"]);
    }

    /// <summary>The languages there are.</summary>
    internal static IReadOnlyCollection<string> Languages => All.Value.Keys;

    /// <summary>The keys of this language.</summary>
    internal IReadOnlyCollection<string> Keys => _words.Keys;

    /// <summary>A word.</summary>
    public string this[string key] => _words[key];

    /// <summary>What a stretch of audio is, with its country and length: <c>ringback, FR, 4.2 s</c>.</summary>
    public string Heard(HeardSegment segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        const int Shown = 3;
        var what = this["heard." + segment.Kind];
        if (segment.Countries.Count > 0 && segment.Kind is not (HeardKind.Silence or HeardKind.Speech))
        {
            // Several countries share a plan: those with the most lines stand first.
            var countries = string.Join('/', segment.Countries.OrderBy(Rank).Take(Shown));
            what += segment.Countries.Count > Shown ? $", {countries}…" : $", {countries}";
            what += segment.Countries.Count == 1 || segment.IsWhole ? "" : "?";
        }
        else if (segment.Name is { } name)
        {
            what += ", " + this["sit." + name];
        }

        return $"{what}, {Seconds(segment.End - segment.Start)}";
    }

    /// <summary>The same with what it was recognised by: frequencies, cadence, level.</summary>
    internal string Detail(HeardSegment segment)
    {
        var text = Heard(segment);
        if (segment.Frequencies.Count > 0)
        {
            text += $" {string.Join('+', segment.Frequencies.Select(hertz => Text(hertz)))} Hz";
        }

        if (segment.Cadence.Count > 0)
        {
            text += $" {string.Join('/', segment.Cadence)} ms";
        }

        return segment.Kind == HeardKind.Silence ? text : $"{text} {Figure(segment.Level, "0")} dBm0";

        static string Text(double hertz) => hertz.ToString("0", CultureInfo.InvariantCulture);
    }

    /// <summary>A time in seconds, as the language writes figures.</summary>
    internal string Seconds(TimeSpan time) => Figure(time.TotalSeconds, "0.0") + " s";

    /// <summary>A number, as the language writes figures.</summary>
    internal string Figure(double value, string format) => LocalFigures.Of(value, format, _language);

    private static int Rank(string country) => Array.IndexOf(Large, country) is >= 0 and var rank ? rank : Large.Length;

    private static Dictionary<string, Dictionary<string, string>> Load()
    {
        using var stream = typeof(LadderWords).Assembly.GetManifestResourceStream("ladder/words.json")!;
        return JsonSerializer.Deserialize(stream, LadderWordsJson.Default.Words)!;
    }
}
