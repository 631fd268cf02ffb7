using System.Globalization;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Report;

/// <summary>One call for a terminal: verdict, ladder, findings, identity, media.</summary>
internal sealed class TextCall(TextLines lines, FindingTexts texts, CallDiagnosis diagnosis, ReportOptions options)
{
    private readonly LadderWords _words = LadderWords.In(options.Language);

    public void Write(ReportedCall reported)
    {
        var call = reported.Call;
        lines.Empty();
        lines.Wrapped($"── {call.From} → {call.To}", "", 3, TextLines.Bold);
        lines.Wrapped("  ", $"Call-ID {call.CallId}", 5);
        foreach (var leg in reported.Legs.Skip(1))
        {
            var why = call.Legs.FirstOrDefault(one => one.Call == leg) ?? leg.Legs[0];
            lines.Wrapped("  ", $"{texts.Word("label.legs")} {leg.CallId} ({texts.Word("leg." + why.Join)})", 5);
        }

        lines.Wrapped(Verdict.Of(call, texts), "", 0, TextLines.InkOf(call) ?? TextLines.Bold);
        lines.Empty();
        var ladder = LadderBuilder.Of(call, reported.Findings, language: options.Language, diagnosis: diagnosis);
        foreach (var line in TerminalLadder.Draw(ladder, options.Width, options.Colours))
        {
            lines.Drawn(line);
        }

        if (reported.Findings.Count > 0)
        {
            lines.Empty();
        }

        foreach (var finding in reported.Findings)
        {
            Write(finding);
        }

        foreach (var leg in reported.Legs)
        {
            IdentityText.Write(lines, leg, diagnosis, texts);
        }

        var streams = new TextStream(lines, texts, _words, diagnosis.Trace.Rtcp);
        foreach (var stream in reported.Streams)
        {
            streams.Write(stream);
        }

        if (reported.Legs.Select(leg => leg.Digits).FirstOrDefault(pressed => pressed.Count > 0) is { } digits)
        {
            foreach (var way in digits.GroupBy(digit => (digit.Kind, digit.Source)))
            {
                lines.Wrapped(
                    "DTMF",
                    $"{string.Concat(way.Select(digit => digit.Digit))} ({Means(way.Key.Kind)}, {way.Key.Source})",
                    5
                );
            }
        }
    }

    private static string Means(DtmfKind kind) =>
        kind switch
        {
            DtmfKind.Event => "RFC 4733",
            DtmfKind.Info => "INFO",
            _ => "in-band",
        };

    private void Write(Finding finding)
    {
        var text = texts[finding.Id];
        var because = finding.CausedBy.Count > 0 ? $" ← {string.Join(' ', finding.CausedBy)}" : "";
        lines.Wrapped(
            $"{texts.Word("severity." + finding.Severity)} {finding.Id}",
            $"{text.Title} ({texts.Word("confidence." + finding.Confidence)}, {finding.Section}){because}",
            4,
            TextLines.InkOf(finding.Severity)
        );
        lines.Labelled(texts.Head("label.seen"), texts.Seen(finding));
        lines.Labelled(texts.Head("label.expected"), texts.Fill(text.Expected, finding));
        lines.Labelled(texts.Head("label.means"), texts.Fill(text.Means, finding));
        foreach (var (role, fix) in text.Fix)
        {
            lines.Labelled(texts.Head("role." + role), texts.Fill(fix, finding));
        }

        var frames = finding.Evidence.Select(e => e.Frame.ToString(CultureInfo.InvariantCulture));
        lines.Labelled(texts.Head("label.frames"), string.Join(", ", frames));
    }
}
