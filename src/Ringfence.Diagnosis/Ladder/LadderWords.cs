using System.Globalization;
using System.Text.Json;
using Ringfence.Media.Hearing;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>The words of ladders and of what is shown beside them, by language.</summary>
public sealed class LadderWords
{
    private static readonly Lazy<Dictionary<string, Dictionary<string, string>>> All = new(Load);
    private readonly Dictionary<string, string> _words;

    private LadderWords(Dictionary<string, string> words) => _words = words;

    /// <summary>The words of a language; English where there is no such language.</summary>
    public static LadderWords In(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return new LadderWords(All.Value.TryGetValue(language, out var words) ? words : All.Value["en"]);
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
            // Several countries share a plan: one that only few use tells more than a long list.
            var countries = string.Join('/', segment.Countries.Take(Shown));
            what += segment.Countries.Count > Shown ? $", {countries}…" : $", {countries}";
        }
        else if (segment.Name is { } name)
        {
            what += ", " + name;
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what}, {(segment.End - segment.Start).TotalSeconds:0.0} s"
        );
    }

    private static Dictionary<string, Dictionary<string, string>> Load()
    {
        using var stream = typeof(LadderWords).Assembly.GetManifestResourceStream("ladder/words.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream)!;
    }
}
