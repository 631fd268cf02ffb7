using System.Globalization;
using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;

namespace Ringfence.Diagnosis.Report;

/// <summary>One call as a section of a page: verdict, findings, ladder, codecs, media, messages.</summary>
internal sealed class CallHtml(MarkupWriter html, ReportOptions options, ReportPlace place, CallDiagnosis diagnosis)
{
    private readonly FindingTexts _texts = FindingTexts.In(options.Language);
    private readonly LadderWords _words = LadderWords.In(options.Language);

    public void Write(int index, ReportedCall reported)
    {
        var call = reported.Call;
        var anchor = string.Create(CultureInfo.InvariantCulture, $"c{index}-");
        html.Add($"""<section class="call" id="c{index}"><h2>{call.From} → {call.To}</h2>""");
        html.Add($"""<p class="verdict">{Verdict.Of(call, _texts)}</p><p><code>{call.CallId}</code>""");
        foreach (var leg in reported.Legs.Skip(1))
        {
            var why = call.Legs.FirstOrDefault(one => one.Call == leg) ?? leg.Legs[0];
            html.Add($"<br/>{_texts.Head("label.legs")} <code>{leg.CallId}</code> ({_texts.Word("leg." + why.Join)})");
        }

        html.Raw("</p>");
        var ladder = FindingsAndLadder(reported, anchor);
        foreach (var leg in reported.Legs)
        {
            new IdentityHtml(html, diagnosis, _texts).Write(leg, anchor);
        }

        new MediaHtml(html, _texts, _words, place, diagnosis.Trace.Rtcp).Write(reported, anchor);
        Messages(call, ladder, anchor);
        html.Raw("</section>");
    }

    /// <summary>What was on the wire and what is wrong with it, for a page that says the rest itself.</summary>
    public void WriteWire(ReportedCall reported)
    {
        const string Anchor = "c0-";
        html.Raw("""<div class="wired">""");
        Messages(reported.Call, FindingsAndLadder(reported, Anchor), Anchor);
        html.Raw("</div>");
    }

    private CallLadder FindingsAndLadder(ReportedCall reported, string anchor)
    {
        var (call, findings) = (reported.Call, reported.Findings);
        html.Add($"<h3>{_texts.Word("head.findings")}</h3>");
        if (findings.Count == 0)
        {
            html.Add($"<p>{_texts.Word("none.findings")}</p>");
        }

        var cards = new FindingHtml(html, _texts, place, anchor);
        HashSet<string> written = [];
        foreach (var finding in findings)
        {
            cards.Write(finding, isFirst: written.Add(finding.Id));
        }

        var ladder = LadderBuilder.Of(
            call,
            findings,
            language: options.Language,
            rtcp: diagnosis.Trace.Rtcp,
            diagnosis: diagnosis
        );
        Ladder(call, ladder, anchor);
        return ladder;
    }

    private void Ladder(Call call, CallLadder ladder, string anchor)
    {
        html.Add($"""<h3>{_texts.Word("head.ladder")}</h3><div class="stage">""");
        html.Add($"""<fieldset class="views" aria-label="{_words["time"]}">""");
        LadderTime[] times = [LadderTime.Folded, LadderTime.Scale, LadderTime.Even];
        foreach (var time in times)
        {
            html.Add($"""<input type="radio" name="{anchor}time" id="{anchor}{time.ToString()}" """);
            html.Raw(time == LadderTime.Folded ? "checked=\"\" />" : "/>");
            html.Add($"""<label for="{anchor}{time.ToString()}">{_words["time." + time]}</label>""");
        }

        foreach (var time in times)
        {
            var picture = new SvgOptions
            {
                Time = time,
                Title = $"{call.From} → {call.To}",
                Language = options.Language,
                Anchor = anchor,
            };
            html.Add($"""<div class="drawn" tabindex="0" role="region" aria-label="{_words["time." + time]}">""")
                .Raw(SvgLadder.Draw(ladder, picture))
                .Raw(SvgLadder.Sheets(ladder, picture))
                .Raw("</div>");
        }

        html.Add(
            $"""</fieldset><div class="panel" aria-live="polite" role="region" aria-label="{_words["message"]}" tabindex="0"><p class="hint">{_words["hint"]}</p></div></div>"""
        );
    }

    private void Messages(Call call, CallLadder ladder, string anchor)
    {
        var arrows = ladder.Arrows.ToLookup(arrow => arrow.Frame);
        html.Add($"<h3>{_texts.Word("head.messages")}</h3>");
        foreach (var message in LadderBuilder.Messages(call))
        {
            html.Add(
                $"""<details class="message"><summary><code>#{message.Frame}</code> <b>{message.Label}</b> <code>{message.Source.ToString()} → {message.Destination.ToString()}</code></summary><div id="{anchor}m{message.Frame}"><h4>{message.Label}</h4><p class="route">#{message.Frame} · {message.Source.ToString()} → {message.Destination.ToString()} · {message.Transport.ToString().ToUpperInvariant()}</p>"""
            );
            if (arrows[message.Frame].FirstOrDefault() is { Codecs.Count: > 0 } arrow)
            {
                Codecs(arrow.Codecs);
            }

            html.Add($"""<pre class="raw">{Encoding.UTF8.GetString(message.Sip.Bytes)}</pre></div></details>""");
        }
    }

    private void Codecs(IReadOnlyList<LadderCodec> codecs)
    {
        html.Add(
            $"""<table class="codecs"><thead><tr><th>{_words["codec"]}</th><th>{_words["offered"]}</th><th>{_words["answered"]}</th><th>{_words["played"]}</th></tr></thead><tbody>"""
        );
        foreach (var codec in codecs)
        {
            html.Add(
                $"""<tr class="{(codec is { Offered: not null, Answered: not null } ? "both" : "one")}"><td>{codec.Name}</td><td>{Type(codec.Offered)}</td><td>{Type(codec.Answered)}</td><td>{Played(codec.Played)}</td></tr>"""
            );
        }

        html.Raw("</tbody></table>");
    }

    private string Played(long? packets) =>
        packets is > 0 and { } some ? Counts.Of(_texts, "packet", some) : _words["no"];

    private string Type(byte? type) => type?.ToString(CultureInfo.InvariantCulture) ?? _words["no"];
}
