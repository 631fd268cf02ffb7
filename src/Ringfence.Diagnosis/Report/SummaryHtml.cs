using System.Globalization;
using Ringfence.Diagnosis.Findings;

namespace Ringfence.Diagnosis.Report;

/// <summary>What became of every call as a table, and what could not be checked.</summary>
internal sealed class SummaryHtml(MarkupWriter html, FindingTexts texts)
{
    private const int Listed = 500;

    public void Write(CallDiagnosis diagnosis, IReadOnlyList<ReportedCall> calls, IReadOnlyList<ReportedCall> drawn)
    {
        html.Add(
            $"<p>{Counts.Of(texts, calls.Sum(call => call.Legs.Count), calls.Sum(call => call.Findings.Count), diagnosis.Trace.Capture.SipMessages, diagnosis.Trace.Streams.Count)}</p>"
        );
        if (calls.Count == 0)
        {
            html.Add($"<p>{texts.Word("none.calls")}</p>");
            NotChecked(diagnosis);
            return;
        }

        // Calls stand before registrations and the like, of which a trace often has hundreds.
        var places = drawn.Index().ToDictionary(one => one.Item, one => one.Index);
        html.Add($"""<table class="calls"><caption>{texts.Word("head.calls")}</caption><tbody>""");
        foreach (var call in calls.OrderByDescending(call => call.IsDrawn).Take(Listed))
        {
            Row(call, places.TryGetValue(call, out var place) ? place : null);
        }

        html.Raw("</tbody></table>");
        if (calls.Count > Listed)
        {
            html.Add($"<p>{texts.Word("more.calls", ("count", Text(calls.Count - Listed)))}</p>");
        }

        NotChecked(diagnosis);
    }

    private void Row(ReportedCall call, int? place)
    {
        html.Add(
            $"""<tr class="{call.Severity?.ToString()}"><td class="n">{texts.Word("kind." + call.Call.Kind)}</td><td>"""
        );
        if (place is { } index)
        {
            html.Add($"""<a href="#c{index}">{call.Call.From} → {call.Call.To}</a>""");
        }
        else
        {
            html.Add($"{call.Call.From} → {call.Call.To}");
        }

        foreach (var leg in call.Legs.Skip(1))
        {
            html.Add($"<br/><small>{texts.Head("label.legs")} {leg.From} → {leg.To}</small>");
        }

        html.Add($"""</td><td>{Verdict.Of(call.Call, texts)}</td><td class="ids">""");
        foreach (var finding in call.Findings.DistinctBy(finding => finding.Id))
        {
            if (place is { } at)
            {
                html.Add(
                    $"""<a class="{finding.Severity.ToString()}" href="#c{at}-{finding.Id}" title="{texts[finding.Id].Title}">{finding.Id}</a> """
                );
            }
            else
            {
                html.Add($"{finding.Id} ");
            }
        }

        html.Raw("</td></tr>");
    }

    private void NotChecked(CallDiagnosis diagnosis)
    {
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
                $"<li>{texts.Word("damage.text", ("input", Text(damage.Input + 1)), ("offset", Text(damage.Offset)), ("kind", texts.Word("damage." + damage.Kind)))}</li>"
            );
        }

        html.Raw("</ul>");
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
