using System.Globalization;

namespace Ringfence.Codes;

/// <summary>
/// Finds codes by number, class (<c>6xx</c>), phrase, header field or symptom, in the languages given; tolerant of accents and
/// typing mistakes. Built once, safe for use by many threads.
/// </summary>
public sealed class CodeSearch
{
    private const double NumberWeight = 100;
    private const double PhraseWeight = 30;
    private const double WordsWeight = 20;
    private const double OtherPhraseWeight = 15;
    private const double HeaderWeight = 12;
    private const double MeaningWeight = 8;
    private const double ProseWeight = 3;
    private const double WholeLineBonus = 60;
    private const double PrefixQuality = 0.6;
    private const double TypoQuality = 0.5;
    private const int ShortestPrefix = 3;
    private const int LongestQuery = 200;

    private readonly Language shown;
    private readonly Dictionary<string, Dictionary<int, double>> weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<int>> lines = new(StringComparer.Ordinal);

    /// <summary>Indexes the catalogue.</summary>
    /// <param name="languages">Languages to search in, at least one; summaries are shown in the first.</param>
    public CodeSearch(params IReadOnlyList<Language> languages)
    {
        ArgumentNullException.ThrowIfNull(languages);
        ArgumentOutOfRangeException.ThrowIfZero(languages.Count);
        shown = languages[0];
        foreach (var facts in CodeCatalogue.All)
        {
            IndexFacts(facts);
            foreach (var language in languages)
            {
                IndexText(facts.Code, language.Text(facts.Code));
            }
        }
    }

    /// <summary>Finds codes, the best first.</summary>
    /// <param name="query">What the user typed; only the first 200 characters count.</param>
    /// <param name="limit">Most hits wanted.</param>
    public IReadOnlyList<SearchHit> Find(string query, int limit = 10)
    {
        ArgumentNullException.ThrowIfNull(query);
        query = query.Length > LongestQuery ? query[..LongestQuery] : query;
        var scores = new Dictionary<int, double>();
        foreach (var word in Fold.Words(query).Distinct())
        {
            foreach (var (code, score) in Score(word))
            {
                scores[code] = scores.GetValueOrDefault(code) + score;
            }
        }
        foreach (var code in lines.GetValueOrDefault(Fold.Line(query)) ?? [])
        {
            scores[code] = scores.GetValueOrDefault(code) + WholeLineBonus;
        }
        return
        [
            .. scores
                .OrderByDescending(entry => entry.Value)
                .ThenBy(entry => entry.Key)
                .Take(limit)
                .Select(entry => new SearchHit(CodeLink.To(entry.Key, shown), entry.Value)),
        ];
    }

    private void IndexFacts(CodeFacts facts)
    {
        var number = facts.Code.ToString(CultureInfo.InvariantCulture);
        Add(number, facts.Code, NumberWeight);
        Add($"{number[0]}xx", facts.Code, NumberWeight / 2);
        AddText(facts.Phrase, facts.Code, PhraseWeight);
        AddLine(facts.Phrase, facts.Code);
        foreach (var other in facts.Phrases)
        {
            AddText(other.Phrase, facts.Code, OtherPhraseWeight);
            AddLine(other.Phrase, facts.Code);
        }
        foreach (var header in facts.Headers)
        {
            AddText(header.Name, facts.Code, HeaderWeight);
        }
    }

    private void IndexText(int code, CodeText text)
    {
        foreach (var words in text.Words)
        {
            AddText(words, code, WordsWeight);
            AddLine(words, code);
        }
        AddText(text.Says, code, MeaningWeight);
        AddText(text.Summary, code, MeaningWeight);
        AddText(text.Description, code, ProseWeight);
        foreach (var sentence in text.Seen.Concat(text.Causes).Concat(text.Notes))
        {
            AddText(sentence, code, ProseWeight);
        }
    }

    private void AddText(string text, int code, double weight)
    {
        foreach (var word in Fold.Words(text))
        {
            Add(word, code, weight);
        }
    }

    private void Add(string word, int code, double weight)
    {
        if (!weights.TryGetValue(word, out var codes))
        {
            weights[word] = codes = [];
        }
        codes[code] = Math.Max(codes.GetValueOrDefault(code), weight);
    }

    private void AddLine(string text, int code)
    {
        var line = Fold.Line(text);
        if (!lines.TryGetValue(line, out var codes))
        {
            lines[line] = codes = [];
        }
        codes.Add(code);
    }

    /// <summary>What one typed word is worth for each code: the exact word, else words it begins, else words it mistypes.</summary>
    private Dictionary<int, double> Score(string word)
    {
        if (weights.TryGetValue(word, out var exact))
        {
            return Best([exact], 1);
        }
        var begun = word.Length < ShortestPrefix ? [] : Matching(w => w.StartsWith(word, StringComparison.Ordinal));
        if (begun.Count > 0)
        {
            return Best(begun, PrefixQuality);
        }
        var forgiven = char.IsDigit(word[0]) ? 0 : Typo.Forgiven(word);
        return forgiven == 0 ? [] : Best(Matching(w => Typo.Within(word, w, forgiven)), TypoQuality);
    }

    private List<Dictionary<int, double>> Matching(Predicate<string> fits) =>
        [.. weights.Where(entry => fits(entry.Key)).Select(entry => entry.Value)];

    /// <summary>Words that stand at nearly every code say little: they count by how rare they are.</summary>
    private static Dictionary<int, double> Best(IEnumerable<Dictionary<int, double>> found, double quality)
    {
        var best = new Dictionary<int, double>();
        foreach (var codes in found)
        {
            var rarity = Math.Log((double)CodeCatalogue.All.Count / codes.Count);
            foreach (var (code, weight) in codes)
            {
                best[code] = Math.Max(best.GetValueOrDefault(code), weight * rarity * quality);
            }
        }
        return best;
    }
}
