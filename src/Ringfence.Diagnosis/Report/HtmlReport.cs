using System.Globalization;
using System.Net;
using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Report;

/// <summary>The report as one page that needs nothing else: style, pictures and messages are in it.</summary>
public static class HtmlReport
{
    private const string Style = """
        :root{--ink:#1c2430;--soft:#5a6573;--line:#d5dae1;--paper:#fff;--card:#f6f8fa;--err:#b3201f;--warn:#9a6200;--note:#1f5fbf}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#a3adba;--line:#323b47;--paper:#12161c;--card:#1a2028;--err:#ff8078;--warn:#f0b65a;--note:#7fb0ff}}
        *{box-sizing:border-box}body{margin:0 auto;padding:20px;max-width:1200px;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        h1{font-size:24px;margin:0 0 8px}h2{font-size:18px;margin:32px 0 8px;border-top:1px solid var(--line);padding-top:20px;overflow-wrap:anywhere}
        h3{font-size:15px;margin:20px 0 4px}p{max-width:72ch;margin:4px 0}table{border-collapse:collapse;width:100%}
        th,td{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
        td.n{font-variant-numeric:tabular-nums;white-space:nowrap}code,pre{font:13px/1.35 ui-monospace,monospace}pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:8px 0}
        .f{background:var(--card);border-left:4px solid var(--note);padding:8px 12px;margin:8px 0}.f.Error{border-color:var(--err)}.f.Warning{border-color:var(--warn)}
        .f b.s{margin-right:8px}.f dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 12px;margin:4px 0}.f dt{color:var(--soft)}.f dd{margin:0}
        .l{overflow-x:auto}a{color:var(--note)}summary{cursor:pointer}:focus-visible{outline:2px solid var(--note)}
        @media print{body{max-width:none}details{display:none}h2{break-before:auto}.f,svg{break-inside:avoid}}
        """;

    /// <summary>Writes the page.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="diagnosis">What it shows.</param>
    /// <param name="options">Language, filter and how many calls are drawn.</param>
    /// <param name="title">The heading: the names of the inputs.</param>
    public static void Write(TextWriter output, CallDiagnosis diagnosis, ReportOptions options, string title)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(diagnosis);
        ArgumentNullException.ThrowIfNull(options);
        var texts = FindingTexts.In(options.Language);
        var findings = diagnosis.Findings.ToLookup(finding => finding.Call);
        var calls = diagnosis.Trace.Calls.Where(call => options.Filter.Lets(call, diagnosis)).ToList();
        output.Write(
            $"""<!doctype html><html lang="{texts.Language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Escape(title)}</title><style>{Style}</style><main><h1>{Escape(title)}</h1>"""
        );
        WriteSummary(output, diagnosis, calls, findings, texts);
        var drawn = 0;
        for (var i = 0; i < calls.Count && drawn < options.MaxLadders; i++)
        {
            if (calls[i].Kind == CallKind.Call || findings[calls[i]].Any())
            {
                WriteCall(output, i, calls[i], [.. findings[calls[i]]], texts);
                drawn++;
            }
        }

        output.Write("</main></html>");
    }

    private static void WriteSummary(
        TextWriter output,
        CallDiagnosis diagnosis,
        List<Call> calls,
        ILookup<Call, Finding> findings,
        FindingTexts texts
    )
    {
        output.Write(
            "<p>"
                + Escape(
                    texts.Word(
                        "count.calls",
                        ("calls", Text(calls.Count)),
                        ("findings", Text(calls.Sum(call => findings[call].Count()))),
                        ("messages", Text(diagnosis.Trace.Capture.SipMessages)),
                        ("streams", Text(diagnosis.Trace.Streams.Count))
                    )
                )
                + "</p>"
        );
        if (calls.Count == 0)
        {
            output.Write($"<p>{Escape(texts.Word("none.calls"))}</p>");
        }

        output.Write("<table><tbody>");
        for (var i = 0; i < calls.Count; i++)
        {
            var call = calls[i];
            var ids = string.Join(' ', findings[call].Select(f => f.Id));
            output.Write(
                $"""<tr><td class="n">{Escape(texts.Word("kind." + call.Kind))}<td><a href="#c{i}">{Escape(call.From)} → {Escape(call.To)}</a><td>{Escape(Verdict.Of(call, texts))}<td class="n">{ids}</tr>"""
            );
        }

        output.Write("</tbody></table>");
        if (diagnosis.NotChecked.Count > 0)
        {
            output.Write($"<h3>{Escape(texts.Word("head.notChecked"))}</h3><ul>");
            foreach (var gap in diagnosis.NotChecked)
            {
                output.Write($"<li>{Escape(texts.Word("not." + gap))}</li>");
            }

            output.Write("</ul>");
        }
    }

    private static void WriteCall(TextWriter output, int index, Call call, List<Finding> findings, FindingTexts texts)
    {
        var title = $"{call.From} → {call.To}";
        output.Write(
            $"""<section id="c{index}"><h2>{Escape(title)}</h2><p><strong>{Escape(Verdict.Of(call, texts))}</strong></p><p><code>{Escape(call.CallId)}</code></p>"""
        );
        foreach (var leg in call.Legs)
        {
            output.Write(
                $"<p>{Escape(texts.Word("label.legs"))}: <code>{Escape(leg.Call.CallId)}</code> ({Escape(texts.Word("leg." + leg.Join))})</p>"
            );
        }

        output.Write($"<h3>{Escape(texts.Word("head.findings"))}</h3>");
        if (findings.Count == 0)
        {
            output.Write($"<p>{Escape(texts.Word("none.findings"))}</p>");
        }

        findings.ForEach(finding => WriteFinding(output, finding, texts));
        output.Write($"""<h3>{Escape(texts.Word("head.ladder"))}</h3><div class="l" tabindex="0">""");
        output.Write(SvgLadder.Draw(LadderBuilder.Of(call, findings, withMessages: true), LadderTime.Folded, title));
        output.Write("</div>");
        WriteStreams(output, call, texts);
        output.Write($"<details><summary>{Escape(texts.Word("head.messages"))}</summary>");
        foreach (var message in call.Messages)
        {
            output.Write(
                $"<h3>#{Text(message.Frame)} {Escape(message.Source.ToString())} → {Escape(message.Destination.ToString())}</h3><pre>{Escape(Encoding.UTF8.GetString(message.Sip.Bytes))}</pre>"
            );
        }

        output.Write("</details></section>");
    }

    private static void WriteFinding(TextWriter output, Finding finding, FindingTexts texts)
    {
        var text = texts[finding.Id];
        output.Write(
            $"""<div class="f {finding.Severity}"><b class="s">{Escape(texts.Word("severity." + finding.Severity))} {finding.Id}</b>{Escape(text.Title)} <small>({Escape(texts.Word("confidence." + finding.Confidence))}, {Escape(texts.Word("basis." + finding.Basis))}, {Escape(finding.Section)})</small><dl>"""
        );
        Term(output, texts.Word("label.seen"), texts.Seen(finding));
        Term(output, texts.Word("label.expected"), FindingTexts.Fill(text.Expected, finding.Values));
        Term(output, texts.Word("label.means"), FindingTexts.Fill(text.Means, finding.Values));
        foreach (var (role, fix) in text.Fix)
        {
            Term(output, texts.Word("role." + role), FindingTexts.Fill(fix, finding.Values));
        }

        Term(
            output,
            texts.Word("label.frames"),
            string.Join(", ", finding.Evidence.Select(e => $"#{Text(e.Frame)} {e.What}"))
        );
        if (finding.CausedBy.Count > 0)
        {
            Term(output, texts.Word("label.because"), string.Join(' ', finding.CausedBy));
        }

        output.Write("</dl></div>");
    }

    private static void WriteStreams(TextWriter output, Call call, FindingTexts texts)
    {
        if (call.Streams.Count == 0)
        {
            return;
        }

        output.Write($"<h3>{Escape(texts.Word("head.media"))}</h3><table><tbody>");
        foreach (var stream in call.Streams)
        {
            var heard = string.Join("; ", StreamHearing.Of(stream).Take(12));
            output.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""<tr><td>{stream.Source} → {stream.Destination}<td>{Escape(Codecs.NameOf(stream))}<td class="n">{stream.Packets} {Escape(texts.Word("label.packets"))}<td class="n">{stream.Lost} {Escape(texts.Word("label.lost"))}<td class="n">{Escape(texts.Word("label.jitter"))} {stream.HighestJitter:0.0} ms<td>{Escape(heard)}</tr>"""
                )
            );
        }

        output.Write("</tbody></table>");
    }

    private static void Term(TextWriter output, string term, string text) =>
        output.Write($"<dt>{Escape(term)}</dt><dd>{Escape(text)}</dd>");

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
