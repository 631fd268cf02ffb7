using System.Globalization;
using Ringfence.Diagnosis.Findings;

namespace Ringfence.Diagnosis.Report;

/// <summary>What became of every call as a table, and what could not be checked.</summary>
internal sealed class SummaryHtml(MarkupWriter html, FindingTexts texts, ReportPlace place)
{
    /// <summary>Writes it.</summary>
    /// <param name="diagnosis">What it is about.</param>
    /// <param name="calls">The calls that are to be shown.</param>
    /// <param name="listed">Those of them that this page lists.</param>
    /// <param name="drawn">Those of them that this page draws.</param>
    /// <param name="before">How many stand before the first that is listed.</param>
    public void Write(
        CallDiagnosis diagnosis,
        IReadOnlyList<ReportedCall> calls,
        IReadOnlyList<ReportedCall> listed,
        IReadOnlyList<ReportedCall> drawn,
        int before
    )
    {
        html.Add(
            $"<p>{Counts.Of(texts, calls.Sum(call => call.Legs.Count), calls.Sum(call => call.Findings.Count), diagnosis.Trace.Capture.SipMessages, diagnosis.Trace.Streams.Count)}</p>"
        );
        if (calls.Count == 0)
        {
            var (all, none) = (diagnosis.Trace.Calls.Count, diagnosis.Trace.Calls.Count == 0);
            html.Add(
                $"""<p class="hint">{(none ? texts.Word("none.calls") : texts.Word("none.fit", ("count", Text(all))))}</p>"""
            );
            NotChecked(diagnosis);
            return;
        }

        var places = drawn.Index().ToDictionary(one => one.Item, one => one.Index);
        html.Add($"""<table class="calls"><caption>{texts.Word("head.calls")}</caption><tbody>""");
        foreach (var call in listed)
        {
            Row(call, places.TryGetValue(call, out var at) ? at : null);
        }

        html.Raw("</tbody></table>");
        Pages(calls.Count, before, listed.Count);
        NotChecked(diagnosis);
    }

    private void Pages(int count, int before, int listed)
    {
        var left = count - before - listed;
        if (place.From is null)
        {
            html.Add($"<p>{(left > 0 ? texts.Word("more.calls", ("count", Text(left))) : "")}</p>");
            return;
        }

        if (left <= 0 && before == 0)
        {
            return;
        }

        html.Add(
            $"""<p class="pager"><span>{texts.Word("list.range", ("from", Text(before + 1)), ("to", Text(before + listed)), ("count", Text(count)))}</span> """
        );
        if (before > 0)
        {
            html.Add(
                $"""<a rel="prev" href="{place.From(Math.Max(0, before - listed))}">{texts.Word("list.before")}</a> """
            );
        }

        if (left > 0)
        {
            html.Add($"""<a rel="next" href="{place.From(before + listed)}">{texts.Word("list.after")}</a>""");
        }

        html.Raw("</p>");
    }

    private void Row(ReportedCall call, int? drawnAt)
    {
        html.Add(
            $"""<tr class="{call.Severity?.ToString()}"><td class="n">{texts.Word("kind." + call.Call.Kind)}</td><td>"""
        );
        if (drawnAt is { } index)
        {
            html.Add($"""<a href="#c{index}">{call.Call.From} → {call.Call.To}</a>""");
        }
        else if (place.Call is { } page)
        {
            html.Add($"""<a href="{page(call.Call)}">{call.Call.From} → {call.Call.To}</a>""");
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
            if (drawnAt is { } at)
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
