using System.Globalization;
using Ringfence.Diagnosis.Findings;
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
        var lines = new TextLines(output, options);
        var calls = ReportedCall.Of(diagnosis, options.Filter);
        if (calls.Count == 0)
        {
            lines.Wrapped("", texts.Word("none.calls"), 0);
        }

        new TextSummary(lines, texts).Write(diagnosis, calls);
        var section = new TextCall(lines, texts, diagnosis, options);
        var drawn = ReportedCall.Drawn(calls, options.MaxLadders);
        StreamHearing.Listen(drawn.SelectMany(call => call.Streams));
        foreach (var call in drawn)
        {
            section.Write(call);
        }

        if (calls.Count(call => call.IsDrawn) - drawn.Count is > 0 and var left)
        {
            lines.Empty();
            lines.Wrapped("", texts.Word("more.ladders", ("count", Text(left))), 0);
        }

        WriteNotChecked(lines, diagnosis, texts);
    }

    private static void WriteNotChecked(TextLines lines, CallDiagnosis diagnosis, FindingTexts texts)
    {
        if (diagnosis.NotChecked.Count + diagnosis.Trace.Capture.Damage.Count == 0)
        {
            return;
        }

        lines.Empty();
        lines.Wrapped(texts.Word("head.notChecked"), "", 0, TextLines.Bold);
        foreach (var gap in diagnosis.NotChecked)
        {
            lines.Wrapped("", "  " + texts.Word("not." + gap), 4);
        }

        foreach (var damage in diagnosis.Trace.Capture.Damage)
        {
            lines.Wrapped(
                "",
                "  "
                    + texts.Word(
                        "damage.text",
                        ("input", Text(damage.Input + 1)),
                        ("offset", Text(damage.Offset)),
                        ("kind", texts.Word("damage." + damage.Kind))
                    ),
                4
            );
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
