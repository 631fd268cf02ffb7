using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;

namespace Ringfence.Diagnosis.Report;

/// <summary>A good call and a bad one as one page that needs nothing else: both ladders side by side, and the place where they part.</summary>
public static class ComparisonHtml
{
    private const string GoodAnchor = "g-";
    private const string BadAnchor = "b-";

    /// <summary>Writes the page.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="comparison">What was compared.</param>
    /// <param name="options">The language.</param>
    public static void Write(TextWriter output, CallComparison comparison, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(options);
        var html = new MarkupWriter(output);
        var texts = FindingTexts.In(options.Language);
        var words = LadderWords.In(options.Language);
        var said = new ComparisonWords(comparison, words);
        var picture = new ComparedPicture(comparison, words, options.Language);
        var place = new EmbeddedAudio().Place;
        HtmlFrame.Begin(html, texts.Language, $"{comparison.Good.Name} | {comparison.Bad.Name}");
        html.Add(
            $"""<div class="call comparison"><h1>{words["compare.title"]}</h1><p class="verdict">{said.Sentence}</p><div class="sides">"""
        );
        Side(html, words["compare.good"] + words["colon"], comparison.Good, texts);
        Side(html, words["compare.bad"] + words["colon"], comparison.Bad, texts);
        html.Raw("</div>");
        Differences(html, said.Differences, words);
        Findings(html, comparison, picture, place, texts, words);
        Ladders(html, picture, texts, words);
        new ComparedMessages(html, picture, words).Write(texts.Word("head.messages"));
        html.Raw("""<div class="sides"><div>""");
        new MediaHtml(html, texts, words, place, comparison.Good.Diagnosis.Trace.Rtcp).Write(
            comparison.Good.Reported,
            GoodAnchor
        );
        html.Raw("</div><div>");
        new MediaHtml(html, texts, words, place, comparison.Bad.Diagnosis.Trace.Rtcp).Write(
            comparison.Bad.Reported,
            BadAnchor
        );
        html.Raw("</div></div></div>");
        CodeMeanings.Write(html, comparison.OnlyBad, texts);
        HtmlFrame.End(html);
    }

    /// <summary>Both ladders side by side as one picture.</summary>
    /// <param name="comparison">What was compared.</param>
    /// <param name="language">The language, as in BCP 47.</param>
    public static string Picture(CallComparison comparison, string language)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var picture = new ComparedPicture(comparison, LadderWords.In(language), language);
        var (good, bad) = picture.Both(null, null);
        return SvgPair.Draw(good, bad);
    }

    private static void Side(MarkupWriter html, string side, ComparedCall compared, FindingTexts texts) =>
        html.Add(
            $"""<section><h2>{side} {compared.Name}</h2><p><b>{Verdict.Of(compared.Call, texts)}</b></p><p class="route">{compared.Call.From} → {compared.Call.To} · {compared.Call.CallId}</p></section>"""
        );

    private static void Differences(MarkupWriter html, IReadOnlyList<ComparedDifference> differences, LadderWords words)
    {
        html.Add($"<h2>{words["compare.differences"]}</h2>");
        if (differences.Count == 0)
        {
            html.Add($"<p>{words["compare.none"]}</p>");
            return;
        }

        html.Add(
            $"""<table class="differences"><thead><tr><th scope="col">{words["compare.where"]}</th><th scope="col">{words["compare.what"]}</th><th scope="col">{words["compare.good"]}</th><th scope="col">{words["compare.bad"]}</th></tr></thead><tbody>"""
        );
        foreach (var one in differences)
        {
            html.Add(
                $"""<tr><td>{one.Where}</td><td><b>{one.What}</b></td><td data-side="{words["compare.good"]}">{one.Good}</td><td data-side="{words["compare.bad"]}">{one.Bad}</td></tr>"""
            );
        }

        html.Raw("</tbody></table>");
    }

    private static void Findings(
        MarkupWriter html,
        CallComparison comparison,
        ComparedPicture picture,
        ReportPlace place,
        FindingTexts texts,
        LadderWords words
    )
    {
        html.Add($"<h2>{words["compare.findings"]}</h2>");
        if (comparison.OnlyBad.Count == 0)
        {
            html.Add($"<p>{texts.Word("none.findings")}</p>");
        }

        var cards = new FindingHtml(html, texts, place, BadAnchor) { Row = picture.RowOfBad };
        HashSet<string> written = [];
        foreach (var finding in comparison.OnlyBad)
        {
            cards.Write(finding, isFirst: written.Add(finding.Id));
        }
    }

    private static void Ladders(MarkupWriter html, ComparedPicture picture, FindingTexts texts, LadderWords words)
    {
        html.Add($"""<h2>{texts.Word("head.ladder")}</h2><div class="sides ladders">""");
        var (good, bad) = picture.Both(GoodAnchor, BadAnchor);
        foreach (var (ladder, options) in new[] { good, bad })
        {
            html.Add(
                    $"""<div class="drawn" tabindex="0" role="region" aria-label="{options.Title}"><h3>{options.Title}</h3>"""
                )
                .Raw(SvgLadder.Draw(ladder, options))
                .Raw(SvgLadder.Sheets(ladder, options))
                .Raw("</div>");
        }

        html.Add(
            $"""</div><div class="panel" aria-live="polite" role="region" aria-label="{words["message"]}" tabindex="0"><p class="hint">{words["compare.hint"]}</p></div>"""
        );
    }
}
