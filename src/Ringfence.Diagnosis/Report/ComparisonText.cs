using System.Globalization;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Report;

/// <summary>A good call and a bad one side by side, for a terminal.</summary>
public static class ComparisonText
{
    private const int Mark = 4;
    private const int Clock = 9;

    /// <summary>Writes what differs: verdicts, messages side by side with the place where they part, then what explains it.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="comparison">What was compared.</param>
    /// <param name="options">Language and width.</param>
    public static void Write(TextWriter output, CallComparison comparison, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(options);
        var words = LadderWords.In(options.Language);
        var texts = FindingTexts.In(options.Language);
        var said = new ComparisonWords(comparison, words);
        var lines = new TextLines(output, options);
        Side(lines, words["compare.good"] + words["colon"], comparison.Good, texts);
        Side(lines, words["compare.bad"] + words["colon"], comparison.Bad, texts);
        lines.Wrapped("", said.Sentence, 0);
        lines.Empty();
        Messages(lines, comparison, options.Width, words);
        foreach (var place in said.Differences.GroupBy(one => one.Where, StringComparer.Ordinal))
        {
            lines.Empty();
            lines.Wrapped(place.Key + words["colon"], "", 0, TextLines.Bold);
            foreach (var one in place)
            {
                lines.Wrapped("", $"  {one.What}{words["colon"]} {one.Good} → {one.Bad}", 4);
            }
        }

        Findings(lines, comparison, words, texts);
        Media(lines, words["compare.good"], comparison.Good, words);
        Media(lines, words["compare.bad"], comparison.Bad, words);
    }

    private static void Side(TextLines lines, string side, ComparedCall compared, FindingTexts texts)
    {
        lines.Wrapped(side, Verdict.Of(compared.Call, texts), 4, TextLines.InkOf(compared.Call));
        lines.Wrapped(
            "   ",
            $"{compared.Name}, {compared.Call.From} → {compared.Call.To}, Call-ID {compared.Call.CallId}",
            4
        );
    }

    private static void Messages(TextLines lines, CallComparison comparison, int width, LadderWords words)
    {
        var column = Math.Clamp((width - Mark) / 2, 16, 60);
        lines.Drawn("    " + Cell(words["compare.good"], column) + words["compare.bad"]);
        var ladders = comparison.Ladders;
        var parts = ladders.PartsAt;
        foreach (var (i, row) in ladders.Rows.Index().Where(row => row.Item.IsFirstHop))
        {
            if (i == parts)
            {
                var line = $"── {words["compare.parts"]} ";
                lines.Drawn(line.PadRight(Math.Min(width, Mark + (2 * column)), '─'));
            }

            var mark =
                row.Good < 0 ? "  + "
                : row.Bad < 0 ? "  - "
                : "    ";
            lines.Drawn(
                (
                    mark
                    + Cell(Label(row.GoodOf(ladders.Good), column), column)
                    + Cell(Label(row.BadOf(ladders.Bad), column), column)
                ).TrimEnd()
            );
        }
    }

    private static void Findings(TextLines lines, CallComparison comparison, LadderWords words, FindingTexts texts)
    {
        if (comparison.OnlyBad.Count == 0)
        {
            return;
        }

        lines.Empty();
        lines.Wrapped(words["compare.findings"] + words["colon"], "", 0, TextLines.Bold);
        foreach (var finding in comparison.OnlyBad)
        {
            lines.Wrapped(
                $"  {finding.Id}",
                $"{texts[finding.Id].Title}{words["colon"]} {texts.Seen(finding)}",
                4,
                TextLines.InkOf(finding.Severity)
            );
        }
    }

    private static void Media(TextLines lines, string side, ComparedCall compared, LadderWords words)
    {
        var streams = compared.Reported.Streams.ToList();
        if (streams.Count == 0)
        {
            return;
        }

        lines.Empty();
        lines.Wrapped($"RTP, {side}{words["colon"]}", "", 0, TextLines.Bold);
        foreach (var stream in streams)
        {
            var heard = string.Join("; ", StreamHearing.Of(stream).Take(4).Select(words.Heard));
            var seconds = words.Figure((stream.End - stream.Start) / 1e9, "0.0");
            lines.Wrapped(
                "",
                $"  {stream.Source} → {stream.Destination} {Codecs.NameOf(stream)} ×{stream.Packets.ToString(CultureInfo.InvariantCulture)}, {seconds} s{(heard.Length > 0 ? words["colon"] + " " + heard : "")}",
                4
            );
        }
    }

    private static string Label(LadderArrow? arrow, int column)
    {
        if (arrow is null)
        {
            return "";
        }

        var time =
            column < 2 * Clock
                ? ""
                : arrow.At.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(Clock - 2) + "  ";
        var repeats = arrow.Repeats > 0 ? $" ×{(arrow.Repeats + 1).ToString(CultureInfo.InvariantCulture)}" : "";
        return $"{time}{(arrow.Tone == LadderTone.Request ? "→" : "←")} {arrow.Label}{repeats}";
    }

    private static string Cell(string text, int width) =>
        (text.Length < width ? text : text[..(width - 2)] + "…").PadRight(width);
}
