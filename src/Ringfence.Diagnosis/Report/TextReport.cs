using System.Globalization;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Report;

/// <summary>The report for a terminal: verdict first, then ladder, findings and media of each call.</summary>
public static class TextReport
{
    /// <summary>Writes the report.</summary>
    public static void Write(TextWriter output, CallDiagnosis diagnosis, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(diagnosis);
        ArgumentNullException.ThrowIfNull(options);
        var texts = FindingTexts.In(options.Language);
        var calls = diagnosis.Trace.Calls.Where(call => options.Filter.Lets(call, diagnosis)).ToList();
        if (calls.Count == 0)
        {
            output.WriteLine(texts.Word("none.calls"));
        }

        var findings = diagnosis.Findings.ToLookup(finding => finding.Call);
        WriteSummary(output, diagnosis, calls, findings, texts);
        foreach (var call in calls.Where(c => c.Kind == CallKind.Call || findings[c].Any()).Take(options.MaxLadders))
        {
            WriteCall(output, call, diagnosis, [.. findings[call]], options, texts);
        }

        WriteNotChecked(output, diagnosis, texts);
    }

    private static void WriteSummary(
        TextWriter output,
        CallDiagnosis diagnosis,
        List<Call> calls,
        ILookup<Call, Finding> findings,
        FindingTexts texts
    )
    {
        output.WriteLine(
            Counts.Of(
                texts,
                calls.Count,
                calls.Sum(call => findings[call].Count()),
                diagnosis.Trace.Capture.SipMessages,
                diagnosis.Trace.Streams.Count
            )
        );
        foreach (var call in calls)
        {
            var ids = string.Join(
                ' ',
                findings[call].Where(f => f.Severity > FindingSeverity.Information).Select(f => f.Id)
            );
            output.WriteLine(
                $"  {texts.Word("kind." + call.Kind)} {call.From} → {call.To}: {Verdict.Of(call, texts)}{(ids.Length > 0 ? "  [" + ids + "]" : "")}"
            );
        }
    }

    private static void WriteCall(
        TextWriter output,
        Call call,
        CallDiagnosis diagnosis,
        List<Finding> findings,
        ReportOptions options,
        FindingTexts texts
    )
    {
        output.WriteLine();
        output.WriteLine($"── {call.From} → {call.To} ── {call.CallId}");
        output.WriteLine(Verdict.Of(call, texts));
        foreach (var leg in call.Legs)
        {
            output.WriteLine($"{texts.Word("label.legs")}: {leg.Call.CallId} ({texts.Word("leg." + leg.Join)})");
        }

        output.WriteLine();
        foreach (
            var line in TerminalLadder.Draw(
                LadderBuilder.Of(call, findings, language: options.Language, diagnosis: diagnosis),
                options.Width,
                options.Colours
            )
        )
        {
            output.WriteLine(line);
        }

        output.WriteLine();
        foreach (var finding in findings)
        {
            WriteFinding(output, finding, texts, options.Width);
        }

        IdentityText.Write(output, call, diagnosis, texts);
        foreach (var stream in call.Streams)
        {
            WriteStream(output, stream, texts);
        }

        if (call.Digits is { Count: > 0 } digits)
        {
            output.WriteLine("DTMF " + string.Concat(digits.Select(digit => digit.Digit)));
        }
    }

    private static void WriteFinding(TextWriter output, Finding finding, FindingTexts texts, int width)
    {
        var text = texts[finding.Id];
        var because = finding.CausedBy.Count > 0 ? $" ← {string.Join(' ', finding.CausedBy)}" : "";
        output.WriteLine(
            $"{texts.Word("severity." + finding.Severity)} {finding.Id} {text.Title} ({texts.Word("confidence." + finding.Confidence)}, {finding.Section}){because}"
        );
        Wrap(output, texts.Word("label.seen"), texts.Seen(finding), width);
        Wrap(output, texts.Word("label.expected"), texts.Fill(text.Expected, finding), width);
        Wrap(output, texts.Word("label.means"), texts.Fill(text.Means, finding), width);
        foreach (var (role, fix) in text.Fix)
        {
            Wrap(output, texts.Word("role." + role), texts.Fill(fix, finding), width);
        }

        var frames = string.Join(", ", finding.Evidence.Select(e => Text(e.Frame)));
        Wrap(output, texts.Word("label.frames"), frames, width);
    }

    private static void WriteStream(TextWriter output, RtpStream stream, FindingTexts texts)
    {
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"RTP {stream.Source} → {stream.Destination}  {Codecs.NameOf(stream)}  {stream.Packets} {texts.Word("label.packets")}, {stream.Lost} {texts.Word("label.lost")}, {texts.Word("label.jitter")} {stream.HighestJitter:0.0} ms"
            )
        );
        if (MosEstimate.Of(stream) is { } mos)
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"    MOS ≈ {mos.Mos:0.0} (G.107, {mos.Codec}, R {mos.Rating:0.0}, Ie,eff {mos.LossImpairment:0.0}, Id {mos.DelayImpairment:0.0}, Ppl {mos.LossPercent:0.##} %)"
                )
            );
        }

        var heard = StreamHearing.Of(stream);
        if (heard.Count > 0)
        {
            output.WriteLine($"    {texts.Word("label.heard")}: {string.Join("; ", heard.Take(8))}");
        }
    }

    private static void WriteNotChecked(TextWriter output, CallDiagnosis diagnosis, FindingTexts texts)
    {
        if (diagnosis.NotChecked.Count + diagnosis.Trace.Capture.Damage.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(texts.Word("head.notChecked"));
        foreach (var gap in diagnosis.NotChecked)
        {
            output.WriteLine("  " + texts.Word("not." + gap));
        }

        foreach (var damage in diagnosis.Trace.Capture.Damage)
        {
            output.WriteLine(
                "  "
                    + texts.Word(
                        "damage.text",
                        ("input", Text(damage.Input + 1)),
                        ("offset", Text(damage.Offset)),
                        ("kind", damage.Kind.ToString())
                    )
            );
        }
    }

    // "    Seen: …", broken at spaces, what follows indented to the same column.
    private static void Wrap(TextWriter output, string label, string text, int width)
    {
        var line = "    " + label + ":";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + 1 + word.Length > width)
            {
                output.WriteLine(line);
                line = "       ";
            }

            line += " " + word;
        }

        output.WriteLine(line);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
