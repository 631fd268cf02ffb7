using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;

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

            html.Add(
                $"""</td><td>{Verdict.Of(call, texts)}</td><td class="ids">{string.Join(' ', findings[call].Select(f => f.Id))}</td></tr>"""
            );
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
