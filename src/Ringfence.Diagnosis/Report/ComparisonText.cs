using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Media.OfferAnswer;

namespace Ringfence.Diagnosis.Report;

/// <summary>A good call and a bad one side by side, for a terminal.</summary>
public static class ComparisonText
{
    private const int Number = 4;

    /// <summary>Writes what differs: verdicts, messages side by side with the place where they part, then what explains it.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="comparison">What was compared.</param>
    /// <param name="good">The call that went well.</param>
    /// <param name="bad">The call that did not.</param>
    /// <param name="options">Language and width.</param>
    public static void Write(TextWriter output, CallComparison comparison, Call good, Call bad, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(options);
        var words = LadderWords.In(options.Language);
        var texts = FindingTexts.In(options.Language);
        output.WriteLine($"{words["compare.good"]}{words["colon"]} {Verdict.Of(good, texts)}");
        output.WriteLine($"{words["compare.bad"]}{words["colon"]} {Verdict.Of(bad, texts)}");
        output.WriteLine();
        WriteMessages(output, comparison, options.Width, words);
        WriteChanges(output, words, "compare.offers", comparison.OfferChanges);
        WriteChanges(output, words, "compare.answers", comparison.AnswerChanges);
        if (comparison.HeaderChanges.Count > 0)
        {
            output.WriteLine();
            output.WriteLine($"{words["compare.headers"]}{words["colon"]}");
            foreach (var change in comparison.HeaderChanges)
            {
                output.WriteLine(
                    $"  {change[1..]} ({words[change[0] == '+' ? "compare.onlyBad" : "compare.onlyGood"]})"
                );
            }
        }

        if (comparison.OnlyBad.Count > 0)
        {
            output.WriteLine();
            output.WriteLine($"{words["compare.findings"]}{words["colon"]}");
            foreach (var finding in comparison.OnlyBad)
            {
                output.WriteLine($"  {finding.Id} {texts[finding.Id].Title}{words["colon"]} {texts.Seen(finding)}");
            }
        }
    }

    private static void WriteMessages(TextWriter output, CallComparison comparison, int width, LadderWords words)
    {
        var column = Math.Clamp((width - Number) / 2, 16, 60);
        output.WriteLine("    " + Cell(words["compare.good"], column) + words["compare.bad"]);
        for (var i = 0; i < comparison.Messages.Count; i++)
        {
            if (i == comparison.PartsAt)
            {
                var line = $"── {words["compare.parts"]} ";
                output.WriteLine(line.PadRight(Math.Min(width, Number + (2 * column)), '─'));
            }

            var (good, bad) = comparison.Messages[i];
            var mark =
                good is null ? "  + "
                : bad is null ? "  - "
                : "    ";
            output.WriteLine((mark + Cell(Label(good), column) + Cell(Label(bad), column)).TrimEnd());
        }

        if (comparison.PartsAt < 0)
        {
            output.WriteLine(words["compare.same"]);
        }
    }

    private static void WriteChanges(
        TextWriter output,
        LadderWords words,
        string head,
        IReadOnlyList<SdpChange> changes
    )
    {
        // The name of a session is another one in every call.
        var told = changes.Where(change => change.Kind != SdpChangeKind.Session).ToList();
        if (told.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(words[head] + words["colon"]);
        foreach (var change in told)
        {
            output.WriteLine(
                $"  {words["change." + change.Kind]}{words["colon"]} {Or(change.Before)} → {Or(change.After)}"
            );
        }
    }

    private static string Or(string value) => value.Length == 0 ? "–" : value;

    private static string Label(TraceMessage? message) =>
        message is null
            ? ""
            : $"{(message.Response is null ? "→" : "←")} {message.Label}{(message.Sdp is null ? "" : " (SDP)")}";

    private static string Cell(string text, int width) =>
        (text.Length < width ? text : text[..(width - 2)] + "…").PadRight(width);
}
