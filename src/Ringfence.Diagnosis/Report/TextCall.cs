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

        foreach (var stream in reported.Streams)
        {
            Write(stream);
        }

        if (reported.Legs.Select(leg => leg.Digits).FirstOrDefault(pressed => pressed.Count > 0) is { } digits)
        {
            lines.Wrapped("DTMF", string.Concat(digits.Select(digit => digit.Digit)), 5);
        }
    }

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

    private void Write(RtpStream stream)
    {
        const int Indent = 4;
        lines.Wrapped(
            "RTP",
            $"{stream.Source} → {stream.Destination}  {Codecs.NameOf(stream)}  {Counts.Of(texts, "packet", stream.Packets)}, {Counts.Of(texts, "lost", stream.Lost)}, {texts.Word("label.jitter")} {Figure(stream.HighestJitter)} ms",
            Indent,
            TerminalLine.Ansi(LadderTone.Media)
        );
        if (MosEstimate.Of(stream) is { } mos)
        {
            lines.Wrapped(
                "    MOS",
                $"≈ {Figure(mos.Mos)} (G.107, {mos.Codec}, R {Figure(mos.Rating)}, Ie,eff {Figure(mos.LossImpairment)}, Id {Figure(mos.DelayImpairment)}, Ppl {Figure(mos.LossPercent, "0.##")} %)",
                2 * Indent
            );
        }

        const int Told = 8;
        var heard = StreamHearing.Of(stream);
        if (heard.Count > 0)
        {
            var told = heard.Take(Told).Select(one => $"{Figure(one.Start.TotalSeconds)} s {_words.Detail(one)}");
            lines.Labelled(texts.Head("label.heard"), string.Join("; ", told) + (heard.Count > Told ? "; …" : ""));
        }
    }

    private string Figure(double value, string format = "0.0") => LocalFigures.Of(value, format, texts.Language);
}
