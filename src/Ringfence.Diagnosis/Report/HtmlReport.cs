using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Report;

/// <summary>The report as one page that needs nothing else: style, pictures, audio and messages are in it.</summary>
public static class HtmlReport
{
    // Audio of one page: beyond this it would be slow to open, and players go without.
    private const int MaxAudio = 8 << 20;

    private const string Frame = """
        *{box-sizing:border-box}body{margin:0 auto;padding:20px;max-width:1480px;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif;font-variant-numeric:tabular-nums}
        h1{font-size:24px;margin:0 0 8px}h2{font-size:18px}h3{font-size:15px;margin:20px 0 4px}p{max-width:72ch;margin:4px 0}
        table{border-collapse:collapse;line-height:1.35;width:100%}th,td{text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
        a{color:var(--link)}summary{cursor:pointer}code{font-family:ui-monospace,monospace;font-size:13px}:focus-visible{outline:3px solid var(--link);outline-offset:2px}
        """;

    /// <summary>Writes the page.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="diagnosis">What it shows.</param>
    /// <param name="options">Language, filter and how many calls are drawn.</param>
    /// <param name="title">The heading: the names of the inputs.</param>
    public static void Write(TextWriter output, CallDiagnosis diagnosis, ReportOptions options, string title)
    {
        ArgumentNullException.ThrowIfNull(options);
        var html = new MarkupWriter(output);
        html.Add(
                $"""<!doctype html><html lang="{FindingTexts.In(options.Language).Language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>"""
            )
            .Raw(LadderAssets.Colours)
            .Raw(Frame)
            .Raw(LadderAssets.Style)
            .Raw("</style>")
            .Add($"<main><h1>{title}</h1>");
        var room = MaxAudio;
        ReportBody.Write(output, diagnosis, options, new ReportPlace { Audio = Embedded, Code = CodeMeanings.Address });
        CodeMeanings.Write(
            html,
            diagnosis.Findings.Where(finding => options.Filter.Lets(finding.Call, diagnosis)),
            FindingTexts.In(options.Language)
        );
        html.Raw("</main><script>").Raw(LadderAssets.Script).Raw("</script></html>");

        string? Embedded(RtpStream stream)
        {
            var wav = StreamWav.Of(stream);
            if (wav.Length > room)
            {
                return null;
            }

            room -= wav.Length;
            return "data:audio/wav;base64," + Convert.ToBase64String(wav);
        }
    }
}
