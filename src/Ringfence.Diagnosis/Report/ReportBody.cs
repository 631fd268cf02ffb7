using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Media.Hearing;

namespace Ringfence.Diagnosis.Report;

/// <summary>What a page shows of a diagnosis: the calls with their verdicts, then each call. The page brings its frame and its style.</summary>
public static class ReportBody
{
    /// <summary>Writes it as HTML.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="diagnosis">What it shows.</param>
    /// <param name="options">Language, filter and how many calls are drawn.</param>
    /// <param name="place">What it may link to.</param>
    public static void Write(TextWriter output, CallDiagnosis diagnosis, ReportOptions options, ReportPlace place)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(diagnosis);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(place);
        var html = new MarkupWriter(output);
        var texts = FindingTexts.In(options.Language);
        var calls = ReportedCall.Of(diagnosis, options.Filter);
        // Calls stand before registrations and the like, of which a trace often has hundreds.
        IReadOnlyList<ReportedCall> listed =
        [
            .. calls.OrderByDescending(call => call.IsDrawn).Skip(options.ListedFrom).Take(options.MaxListed),
        ];
        var drawn = options.Filter.Only is not null
            ? calls
            : ReportedCall.Drawn(place.From is null ? calls : listed, options.MaxLadders);
        new SummaryHtml(html, texts, place).Write(diagnosis, calls, listed, drawn, options.ListedFrom);
        var section = new CallHtml(html, options, place, diagnosis);
        foreach (var (index, call) in drawn.Index())
        {
            section.Write(index, call);
        }
    }

    /// <summary>How many calls and other exchanges a report tells of; legs of one call are one.</summary>
    public static int Count(CallDiagnosis diagnosis, CallFilter filter)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        ArgumentNullException.ThrowIfNull(filter);
        return ReportedCall.Of(diagnosis, filter).Count;
    }

    /// <summary>Writes one call's findings, ladder and messages alone, with headings of the third level.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="diagnosis">What holds the call.</param>
    /// <param name="call">The call.</param>
    /// <param name="options">The language.</param>
    /// <param name="place">What it may link to.</param>
    public static void WriteWire(
        TextWriter output,
        CallDiagnosis diagnosis,
        Call call,
        ReportOptions options,
        ReportPlace place
    )
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        ArgumentNullException.ThrowIfNull(options);
        new CallHtml(new MarkupWriter(output), options, place, diagnosis).WriteWire(
            new ReportedCall(call, LadderBuilder.Legs(call), [.. diagnosis.Of(call)])
        );
    }

    /// <summary>Writes audio as a figure: waveform, what is to be heard when, and a player.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="samples">The samples, 8,000 a second.</param>
    /// <param name="caption">What it is.</param>
    /// <param name="address">Where the browser gets it.</param>
    /// <param name="language">The language, as in BCP 47.</param>
    public static void WriteAudio(
        TextWriter output,
        ReadOnlySpan<short> samples,
        string caption,
        string address,
        string language
    )
    {
        var html = new MarkupWriter(output);
        html.Add($"""<figure class="player"><figcaption>{caption}</figcaption>""");
        new AudioHtml(html, LadderWords.In(language)).Write(
            samples,
            Listener.Analyse(samples, AudioHtml.Rate),
            address,
            caption
        );
        html.Raw("</figure>");
    }
}
