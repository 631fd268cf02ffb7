using Ringfence.Diagnosis.Findings;

namespace Ringfence.Diagnosis.Report;

/// <summary>The report as one page that needs nothing else: style, pictures, audio and messages are in it.</summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="diagnosis">What it shows.</param>
    /// <param name="options">Language, filter and how many calls are drawn.</param>
    /// <param name="title">The heading: the names of the inputs.</param>
    public static void Write(TextWriter output, CallDiagnosis diagnosis, ReportOptions options, string title)
    {
        ArgumentNullException.ThrowIfNull(options);
        var html = new MarkupWriter(output);
        var texts = FindingTexts.In(options.Language);
        HtmlFrame.Begin(html, texts.Language, title);
        html.Add($"<h1>{title}</h1>");
        ReportBody.Write(output, diagnosis, options, new EmbeddedAudio().Place);
        CodeMeanings.Write(
            html,
            diagnosis.Findings.Where(finding => options.Filter.Lets(finding.Call, diagnosis)),
            texts
        );
        HtmlFrame.End(html);
    }
}
