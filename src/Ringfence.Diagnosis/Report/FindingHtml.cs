using System.Globalization;
using Ringfence.Diagnosis.Findings;

namespace Ringfence.Diagnosis.Report;

/// <summary>One finding as a card.</summary>
internal sealed class FindingHtml(MarkupWriter html, FindingTexts texts, ReportPlace place, string anchor)
{
    /// <summary>The row of a comparison that shows a frame; null on pages that show the frames themselves.</summary>
    public Func<long, string?>? Row { get; init; }

    /// <summary>Writes it. An id stands on a page once: links to a finding lead to the first of its kind.</summary>
    public void Write(Finding finding, bool isFirst)
    {
        var text = texts[finding.Id];
        var frames = string.Join(
            ' ',
            finding
                .Evidence.Select(e => Row is null ? e.Frame.ToString(CultureInfo.InvariantCulture) : Row(e.Frame) ?? "")
                .Distinct(StringComparer.Ordinal)
        );
        html.Add($"""<div class="finding {finding.Severity.ToString()}" """);
        if (isFirst)
        {
            html.Add($"""id="{anchor}{finding.Id}" """);
        }

        html.Add(
            $"""tabindex="0" data-finding="{finding.Id}" data-frames="{frames}"><h4><span class="id">{finding.Id}</span>{text.Title}</h4><p>{texts.Seen(finding)} <small>({texts.Word("severity." + finding.Severity)}, {texts.Word("confidence." + finding.Confidence)}, {texts.Word("basis." + finding.Basis)}, {finding.Section})</small></p><dl>"""
        );
        Term(texts.Word("label.expected"), texts.Fill(text.Expected, finding));
        Term(texts.Word("label.means"), texts.Fill(text.Means, finding));
        foreach (var (role, fix) in text.Fix)
        {
            Term($"{texts.Word("label.fix")} – {texts.Word("role." + role)}", texts.Fill(fix, finding));
        }

        html.Add($"<dt>{texts.Word("label.frames")}</dt><dd>");
        foreach (var evidence in finding.Evidence)
        {
            var target = Row is null
                ? $"{anchor}m{evidence.Frame.ToString(CultureInfo.InvariantCulture)}"
                : Row(evidence.Frame);
            if (target is null)
            {
                html.Add($"#{evidence.Frame} {evidence.What} ");
            }
            else
            {
                html.Add($"""<a href="#{target}">#{evidence.Frame} {evidence.What}</a> """);
            }
        }

        html.Raw("</dd>");
        Codes(finding);
        if (finding.CausedBy.Count > 0)
        {
            html.Add($"<dt>{texts.Word("label.because")}</dt><dd>");
            foreach (var cause in finding.CausedBy)
            {
                html.Add($"""<a href="#{anchor}{cause}">{cause} {texts[cause].Title}</a> """);
            }

            html.Raw("</dd>");
        }

        html.Raw("</dl></div>");
    }

    private void Codes(Finding finding)
    {
        var known = finding.Codes.Where(code => place.Code(code) is not null).ToList();
        if (known.Count == 0)
        {
            return;
        }

        html.Add($"<dt>{texts.Word("head.codes")}</dt><dd>");
        foreach (var code in known)
        {
            html.Add($"""<a href="{place.Code(code)}">{code}</a> """);
        }

        html.Raw("</dd>");
    }

    private void Term(string term, string text) => html.Add($"<dt>{term}</dt><dd>{text}</dd>");
}
