namespace Ringfence.Diagnosis.Ladder;

/// <summary>The media of a ladder as translucent bands. Their words are written when everything else has its place.</summary>
internal sealed class SvgBands(SvgWriter svg, SvgLayout layout, LadderWords words)
{
    private const double Line = 15;
    private const double Narrowest = 64;
    private readonly List<(LadderSpan Span, double Left, double Top, double Right, double Bottom)> _areas = [];

    /// <summary>Bands of one pair of columns that run at once lie side by side.</summary>
    public void Draw(IReadOnlyList<LadderSpan> media)
    {
        var spans = media.Where(span => span.From != span.To && !span.IsEvents).ToList();
        foreach (var pair in spans.GroupBy(s => (Math.Min(s.From, s.To), Math.Max(s.From, s.To))))
        {
            foreach (var span in pair)
            {
                var beside = pair.Where(other => other.Start < span.End && span.Start < other.End).ToList();
                var (left, right) = (layout.X(pair.Key.Item1) + 1.0, layout.X(pair.Key.Item2) - 1.0);
                var width = (right - left) / beside.Count;
                var at = beside.IndexOf(span);
                Band(span, left + (at * width), width, isRight: at > 0 && at == beside.Count - 1);
            }
        }
    }

    private void Band(LadderSpan span, double left, double width, bool isRight)
    {
        // What was heard is marked at the edge: in the middle stand the words of arrows.
        var bar = isRight ? left + width - 6 : left + 3;
        var top = layout.At(span.Start);
        var bottom = Math.Max(top + 6, layout.At(span.End));
        svg.Add($"""<g class="band {(span.IsEarly ? "early" : "talk")}">""")
            .Title(
                $"{words[span.IsEarly ? "early" : "talk"]} {span.Label}, {words.Seconds(span.End - span.Start)}\n{string.Join('\n', span.Heard.Select(h => h.Label))}"
            );
        svg.Add($"""<rect x="{left:0.#}" y="{top:0.#}" width="{width:0.#}" height="{bottom - top:0.#}"/>""");
        foreach (var heard in span.Heard)
        {
            var (from, to) = (Math.Max(top, layout.At(heard.Start)), Math.Min(bottom, layout.At(heard.End)));
            if (to - from >= 1)
            {
                svg.Add(
                    $"""<rect class="{(heard.IsSilence ? "silence" : "sound")}" x="{bar:0.#}" y="{from:0.#}" width="3" height="{to - from:0.#}"/>"""
                );
            }
        }

        svg.Raw("</g>");
        _areas.Add((span, left + 8, top + 2, left + width - 8, bottom));
    }

    /// <summary>What each band is and what was heard in it, where there is room for it.</summary>
    public void Write(SvgLabels labels)
    {
        foreach (var (span, left, top, right, bottom) in _areas.OrderByDescending(area => area.Span.IsEarly))
        {
            if (right - left < Narrowest)
            {
                continue;
            }

            var arrow = span.To > span.From ? "▸" : "◂";
            var style = span.IsEarly ? "what early" : "what";
            var what = SvgWriter.Fit(
                $"{arrow} {words[span.IsEarly ? "early" : "talk"]}, {words.Seconds(span.End - span.Start)}",
                right - left,
                !span.IsEarly
            );
            var said = Loudest(span) is { } loudest ? SvgWriter.Fit(loudest, right - left, isLight: true) : "";
            var width = Math.Max(SvgWriter.Width(what, !span.IsEarly), SvgWriter.Width(said, isLight: true));
            var area = (left, top, right, bottom);
            if (said.Length > 0 && labels.Find(area, Math.Min(width, right - left), 2 * Line) is { } both)
            {
                svg.Text(style, both.Middle, both.Top + 12, what);
                svg.Text("what heard", both.Middle, both.Top + 12 + Line, said);
            }
            else if (labels.Find(area, SvgWriter.Width(what, !span.IsEarly), Line) is { } one)
            {
                svg.Text(style, one.Middle, one.Top + 12, what);
            }
        }
    }

    private static string? Loudest(LadderSpan span) =>
        span.Heard.Count == 0
            ? null
            : string.Join(
                " · ",
                span.Heard.OrderBy(h => h.IsSilence).ThenByDescending(h => h.End - h.Start).Take(2).Select(h => h.Label)
            );
}
