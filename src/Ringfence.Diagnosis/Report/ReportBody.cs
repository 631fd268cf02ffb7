using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Media.Hearing;

namespace Ringfence.Diagnosis.Report;

/// <summary>What a page shows of a diagnosis: the calls with their verdicts, then each call. The page brings its frame and its style.</summary>
public static class ReportBody
{
    /// <summary>Writes it as HTML.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="diagnosis">What it shows.</param>
    /// <param name="options">Language, filter and how many calls are drawn.</param>
    /// <param name="place">What it may link to.</param>
    public static void Write(TextWriter output, CallDiagnosis diagnosis, ReportOptions options, ReportPlace place)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(diagnosis);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(place);
        var html = new MarkupWriter(output);
        var texts = FindingTexts.In(options.Language);
        var findings = diagnosis.Findings.ToLookup(finding => finding.Call);
        var calls = diagnosis.Trace.Calls.Where(call => options.Filter.Lets(call, diagnosis)).ToList();
        var drawn = calls
            .Where(call => call.Kind == CallKind.Call || findings[call].Any())
            .Take(options.MaxLadders)
            .ToList();
        Summary(html, diagnosis, calls, drawn, findings, texts);
        var section = new CallHtml(html, options, place, diagnosis);
        foreach (var call in drawn)
        {
            section.Write(calls.IndexOf(call), call, [.. findings[call]]);
        }
    }

    /// <summary>Writes one call's findings, ladder and messages alone, with headings of the third level.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="diagnosis">What holds the call.</param>
    /// <param name="call">The call.</param>
    /// <param name="options">The language.</param>
    /// <param name="place">What it may link to.</param>
    public static void WriteWire(
        TextWriter output,
        CallDiagnosis diagnosis,
        Call call,
        ReportOptions options,
        ReportPlace place
    )
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        ArgumentNullException.ThrowIfNull(options);
        new CallHtml(new MarkupWriter(output), options, place, diagnosis).WriteWire(call, [.. diagnosis.Of(call)]);
    }

    /// <summary>Writes audio as a figure: waveform, what is to be heard when, and a player.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="samples">The samples, 8,000 a second.</param>
    /// <param name="caption">What it is.</param>
    /// <param name="address">Where the browser gets it.</param>
    /// <param name="language">The language, as in BCP 47.</param>
    public static void WriteAudio(
        TextWriter output,
        ReadOnlySpan<short> samples,
        string caption,
        string address,
        string language
    )
    {
        var html = new MarkupWriter(output);
        html.Add($"""<figure class="player"><figcaption>{caption}</figcaption>""");
        new AudioHtml(html, LadderWords.In(language)).Write(
            samples,
            Listener.Analyse(samples, AudioHtml.Rate),
            address,
            caption
        );
        html.Raw("</figure>");
    }

    private static void Summary(
        MarkupWriter html,
        CallDiagnosis diagnosis,
        List<Call> calls,
        List<Call> drawn,
        ILookup<Call, Finding> findings,
        FindingTexts texts
    )
    {
        const int Listed = 500;
        html.Add(
            $"<p>{Counts.Of(texts, calls.Count, calls.Sum(call => findings[call].Count()), diagnosis.Trace.Capture.SipMessages, diagnosis.Trace.Streams.Count)}</p>"
        );
        if (calls.Count == 0)
        {
            html.Add($"<p>{texts.Word("none.calls")}</p>");
        }

        html.Raw("""<table class="calls"><tbody>""");
        for (var i = 0; i < Math.Min(calls.Count, Listed); i++)
        {
            var call = calls[i];
            html.Add($"""<tr><td class="n">{texts.Word("kind." + call.Kind)}</td><td>""");
            if (drawn.Contains(call))
            {
                html.Add($"""<a href="#c{i}">{call.From} → {call.To}</a>""");
            }
            else
            {
                html.Add($"{call.From} → {call.To}");
            }

            html.Add($"""</td><td>{Verdict.Of(call, texts)}</td><td class="ids">""");
            foreach (var finding in findings[call].DistinctBy(f => f.Id))
            {
                html.Add($"""<a href="#{(drawn.Contains(call) ? $"c{i}-{finding.Id}" : "")}">{finding.Id}</a> """);
            }

            html.Raw("</td></tr>");
        }

        html.Raw("</tbody></table>");
        if (diagnosis.NotChecked.Count + diagnosis.Trace.Capture.Damage.Count == 0)
        {
            return;
        }

        html.Add($"<h3>{texts.Word("head.notChecked")}</h3><ul>");
        foreach (var gap in diagnosis.NotChecked)
        {
            html.Add($"<li>{texts.Word("not." + gap)}</li>");
        }

        foreach (var damage in diagnosis.Trace.Capture.Damage)
        {
            html.Add(
                $"<li>{texts.Word("damage.text", ("input", Text(damage.Input + 1)), ("offset", Text(damage.Offset)), ("kind", damage.Kind.ToString()))}</li>"
            );
        }

        html.Raw("</ul>");
    }

    private static string Text(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
