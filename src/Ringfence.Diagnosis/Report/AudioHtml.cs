using Ringfence.Diagnosis.Ladder;
using Ringfence.Media.Hearing;

namespace Ringfence.Diagnosis.Report;

/// <summary>Audio inside a figure: waveform, what is to be heard when, and a player where there is something to play.</summary>
internal sealed class AudioHtml(MarkupWriter html, LadderWords words)
{
    /// <summary>Samples a second.</summary>
    public const int Rate = 8_000;

    public void Write(ReadOnlySpan<short> samples, IReadOnlyList<HeardSegment> heard, string? address, string what)
    {
        const int Shown = 24;
        html.Raw(Waveform.Draw(samples, heard));
        html.Raw("""<ol class="timeline">""");
        foreach (var segment in heard.Take(Shown))
        {
            html.Add($"<li><time>{words.Seconds(segment.Start)}</time> {words.Heard(segment)}</li>");
        }

        html.Raw("</ol>");
        if (address is not null)
        {
            html.Add(
                $"""<audio controls="" preload="none" src="{address}" aria-label="{words["listen"]}{words["colon"]} {what}"></audio>"""
            );
        }
    }
}
