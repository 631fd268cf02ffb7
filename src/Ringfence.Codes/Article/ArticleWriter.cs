using System.Globalization;

namespace Ringfence.Codes;

/// <summary>Words the facts of one code.</summary>
internal sealed class ArticleWriter(CodeFacts facts, Language language)
{
    private readonly Labels labels = language.Labels;

    public CodeArticle Write()
    {
        var article = new CodeArticle
        {
            Language = language.Code,
            Code = facts.Code,
            Phrase = facts.Phrase,
            Class = facts.Class,
            Status = facts.Status,
            StatusText = language.Heading($"status-{Axis.Key(facts.Status)}"),
            Defined = facts.Defined,
            Chips = [.. Axis.All.Where(a => a.Name is "class" or "session" or "forking" or "sdp").Select(Short)],
            Text = language.Text(facts.Code),
            Facts = [.. Axis.All.Select(Word), Senders(), Methods()],
            Next = Next(),
            Headers = [.. facts.Headers.Select(Word)],
            Q850 = Q850(),
            Software = Software(),
            Phrases = [.. facts.Phrases.Select(Word)],
            Message = facts.Message,
            Ladder = WordedLadder.Of(facts.Ladder, language),
            ConfusedWith = CodeLink.To(facts.ConfusedWith, language),
            Related = CodeLink.To(facts.Related, language),
            Sources = [],
        };
        return article with { Sources = SourcesOf(article) };
    }

    /// <summary>Methods as they are, keys in words.</summary>
    public string MethodList() =>
        string.Join(", ", facts.Methods.Value.Select(m => char.IsUpper(m[0]) ? m : labels.Values["methods"][m].Short));

    public string SenderList() => string.Join(", ", facts.Senders.Value.Select(s => labels.Values["senders"][s].Short));

    /// <summary>The cause towards ISUP, or the words for none.</summary>
    public string CauseTowardsIsup() =>
        facts.Q850.To is { } to ? language.CauseWords("cause", to.Cause) : language.Heading("q850-none");

    private string Short(Axis axis) => axis.Word(facts, language).Short;

    private WordedFact Word(Axis axis) => new(axis.Name, labels.Axes[axis.Name], Short(axis), axis.Sources(facts));

    private WordedFact Senders() => new("senders", labels.Axes["senders"], SenderList(), facts.Senders.Sources);

    private WordedFact Methods() => new("methods", labels.Axes["methods"], MethodList(), facts.Methods.Sources);

    private WordedSteps[] Next() =>
        [
            Steps("uac", facts.Next.Uac),
            Steps("proxy", facts.Next.Proxy),
            Steps("forking-proxy", facts.Next.ForkingProxy),
            Steps("b2bua", facts.Next.B2bua),
            Steps("gateway", facts.Next.Gateway),
        ];

    private WordedSteps Steps(string element, Sourced<IReadOnlyList<string>> steps) =>
        new(element, language.Heading(element), [.. steps.Value.Select(key => labels.Actions[key])], steps.Sources);

    private WordedHeader Word(HeaderRule rule) =>
        new(
            rule.Name,
            labels.Needs[Axis.Key(rule.Need)],
            rule.When is null ? null : labels.Conditions[rule.When],
            rule.Sources
        );

    private WordedLine Word(OtherPhrase phrase) =>
        new(phrase.Phrase, language.Heading($"phrase-{Axis.Key(phrase.Kind)}"), phrase.Sources);

    private WordedLine[] Q850()
    {
        var (to, from) = facts.Q850;
        var towards = CauseTowardsIsup();
        if (to is not null)
        {
            towards += $", {language.Heading("location", ("location", labels.Locations[to.Location]))}";
        }
        return
        [
            new(language.Heading("q850-to"), towards, to?.Sources ?? []),
            .. from.Count == 0
                ? [new WordedLine(language.Heading("q850-from"), language.Heading("q850-no-from"), [])]
                : from.Select(f => new WordedLine(language.Heading("q850-from"), Word(f), f.Sources)),
        ];
    }

    private string Word(Q850From from)
    {
        var condition = from.When is null ? "" : labels.Conditions[from.When];
        return from.Cause is { } cause ? $"{language.CauseWords("cause", cause)} {condition}".TrimEnd() : condition;
    }

    private WordedLine[] Software()
    {
        (string Name, SoftwareUse Use)[] programs =
        [
            ("Asterisk", facts.Software.Asterisk),
            ("FreeSWITCH", facts.Software.Freeswitch),
            ("Kamailio", facts.Software.Kamailio),
        ];
        return
        [
            .. programs
                .Select(p => new WordedLine(p.Name, Word(p.Use), p.Use.Sources))
                .Where(line => line.Text.Length > 0),
        ];
    }

    private string Word(SoftwareUse use)
    {
        var parts = new List<string>();
        if (use.Sends.Count > 0)
        {
            parts.Add(language.Heading("sends", ("list", string.Join(", ", use.Sends.Select(Occasion)))));
        }
        if (use.Reads is { } cause)
        {
            parts.Add(language.CauseWords("reads", cause));
        }
        return language.Clauses(parts);
    }

    private string Occasion(string occasion) =>
        int.TryParse(occasion, CultureInfo.InvariantCulture, out var cause)
            ? language.CauseWords("on-cause", cause)
            : labels.Software[occasion];

    private static string[] SourcesOf(CodeArticle article) =>
        [
            .. new[] { article.Defined }
                .Concat(article.Facts.SelectMany(f => f.Sources))
                .Concat(article.Next.SelectMany(n => n.Sources))
                .Concat(article.Headers.SelectMany(h => h.Sources))
                .Concat(article.Q850.SelectMany(q => q.Sources))
                .Concat(article.Software.SelectMany(s => s.Sources))
                .Concat(article.Phrases.SelectMany(p => p.Sources))
                .Distinct(StringComparer.Ordinal)
                .OrderBy(source => !source.StartsWith("RFC", StringComparison.Ordinal)),
        ];
}
