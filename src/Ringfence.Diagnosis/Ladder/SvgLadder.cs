using System.Globalization;
using System.Net;
using System.Text;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>Draws a ladder as SVG: one picture for pages, reports and print. Colours come from the page's or from its own properties.</summary>
public static class SvgLadder
{
    private const int ColumnGap = 180;
    private const int Rail = 76;
    private const int Head = 56;
    private const int Step = 34;
    private const double PixelsPerSecond = 60;
    private const double FoldOver = 2;

    private const string Style = """
        .rf{font:13px system-ui,sans-serif;--ink:#1c2430;--line:#8a94a3;--paper:#fff;--prov:#1f5fbf;--ok:#1c7a3e;--redir:#7a3fb0;
        --req:#9a6200;--srv:#b04a00;--glob:#b3201f;--media:#0b7a75}
        @media (prefers-color-scheme:dark){.rf{--ink:#e6e9ee;--line:#6f7a8a;--paper:#12161c;--prov:#7fb0ff;--ok:#6fd08f;--redir:#c79bf2;
        --req:#f0b65a;--srv:#ff9a5c;--glob:#ff8078;--media:#5cc9c2}}
        .rf .bg{fill:var(--paper)}.rf text{fill:var(--ink)}.rf .host{font-weight:600;text-anchor:middle}.rf .addr{text-anchor:middle;font-size:11px}
        .rf .life{stroke:var(--line);stroke-width:1}.rf .time{font:11px ui-monospace,monospace;text-anchor:end}
        .rf .label{font-size:12px;text-anchor:middle;paint-order:stroke;stroke:var(--paper);stroke-width:4px}.rf .arrow{stroke-width:1.6;fill:none}
        .rf .Request{stroke:var(--ink);--c:var(--ink)}.rf .Provisional{stroke:var(--prov)}.rf .Success{stroke:var(--ok)}
        .rf .Redirect{stroke:var(--redir)}.rf .RequestFailure{stroke:var(--req)}.rf .ServerFailure{stroke:var(--srv)}
        .rf .GlobalFailure{stroke:var(--glob)}.rf .Media{stroke:var(--media);stroke-dasharray:5 4}
        .rf .band{fill:var(--media);opacity:.14}.rf .mark{fill:var(--glob);font-weight:600;font-size:11px}.rf .fold{stroke:var(--line);stroke-dasharray:2 3}
        .rf g:focus{outline:2px solid var(--prov)}
        @media print{.rf{--ink:#000;--paper:#fff}}
        """;

    /// <summary>Draws the picture.</summary>
    /// <param name="ladder">What to draw.</param>
    /// <param name="time">How time runs down.</param>
    /// <param name="title">What the picture shows, for screen readers.</param>
    public static string Draw(CallLadder ladder, LadderTime time, string title)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        var rows = Rows(ladder, time, out var height, out var folds);
        var width = Rail + (Math.Max(1, ladder.Hosts.Count) * ColumnGap);
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""<svg class="rf" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{Escape(title)}"><title>{Escape(title)}</title><style>{Style}</style><defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="context-stroke"/></marker></defs><rect class="bg" width="100%" height="100%"/>"""
        );
        DrawColumns(svg, ladder, height);
        DrawSpans(svg, ladder, rows);
        foreach (var fold in folds)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<line class="fold" x1="4" x2="{width - 4}" y1="{fold:0.#}" y2="{fold:0.#}"/>"""
            );
        }

        for (var i = 0; i < ladder.Arrows.Count; i++)
        {
            DrawArrow(svg, ladder.Arrows[i], rows[i]);
        }

        return svg.Append("</svg>").ToString();
    }

    // The height of each arrow; two arrows never lie closer than a label needs.
    private static double[] Rows(CallLadder ladder, LadderTime time, out double height, out List<double> folds)
    {
        var rows = new double[ladder.Arrows.Count];
        folds = [];
        var y = (double)Head + 20;
        for (var i = 0; i < rows.Length; i++)
        {
            if (i > 0)
            {
                var gap = (ladder.Arrows[i].At - ladder.Arrows[i - 1].At).TotalSeconds;
                var step = (double)Step;
                if (time != LadderTime.Even)
                {
                    var shown = time == LadderTime.Folded ? Math.Min(gap, FoldOver) : gap;
                    step = Math.Max(step, shown * PixelsPerSecond);
                    if (time == LadderTime.Folded && gap > FoldOver)
                    {
                        folds.Add(y + (step / 2));
                    }
                }

                y += step;
            }

            rows[i] = y;
        }

        height = Math.Ceiling(y + Step);
        return rows;
    }

    private static void DrawColumns(StringBuilder svg, CallLadder ladder, double height)
    {
        for (var i = 0; i < ladder.Hosts.Count; i++)
        {
            var x = X(i);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<text class="host" x="{x}" y="22"><title>{Escape(ladder.Hosts[i].Name)}</title>{Escape(Middle(ladder.Hosts[i].Name))}</text><text class="addr" x="{x}" y="38">{Escape(ladder.Hosts[i].Address)}</text><line class="life" x1="{x}" x2="{x}" y1="{Head - 8}" y2="{height}"/>"""
            );
        }
    }

    private static void DrawSpans(StringBuilder svg, CallLadder ladder, double[] rows)
    {
        foreach (var span in ladder.Spans.Where(s => s.IsEarly && s.From != s.To))
        {
            var top = At(ladder, rows, span.Start);
            var bottom = Math.Max(top + 10, At(ladder, rows, span.End));
            var left = X(Math.Min(span.From, span.To));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<rect class="band" x="{left}" y="{top:0.#}" width="{Math.Abs(span.To - span.From) * ColumnGap}" height="{bottom - top:0.#}"><title>{Escape(span.Label)}</title></rect>"""
            );
        }
    }

    // Between two arrows time is taken to run evenly.
    private static double At(CallLadder ladder, double[] rows, TimeSpan time)
    {
        for (var i = 1; i < rows.Length; i++)
        {
            var (from, to) = (ladder.Arrows[i - 1].At, ladder.Arrows[i].At);
            if (time <= to)
            {
                var share = to == from ? 1 : Math.Clamp((time - from) / (to - from), 0, 1);
                return rows[i - 1] + (share * (rows[i] - rows[i - 1]));
            }
        }

        return rows.Length == 0 ? Head : rows[^1] + 6;
    }

    private static void DrawArrow(StringBuilder svg, LadderArrow arrow, double y)
    {
        var (from, to) = (X(arrow.From), X(arrow.To));
        var path =
            arrow.From == arrow.To
                ? string.Create(CultureInfo.InvariantCulture, $"M{from} {y - 6:0.#}h34v12h-32")
                : string.Create(CultureInfo.InvariantCulture, $"M{from} {y:0.#}H{(to > from ? to - 2 : to + 2)}");
        var label = arrow.Repeats > 0 ? $"{arrow.Label} ×{arrow.Repeats + 1}" : arrow.Label;
        var middle = arrow.From == arrow.To ? from + 70 : (from + to) / 2;
        var room = Math.Max(1, Math.Abs(arrow.To - arrow.From)) * ColumnGap * 2 / 13;
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""<g tabindex="0" data-frame="{arrow.Frame}" data-findings="{Escape(string.Join(' ', arrow.Findings))}"><title>{Escape(arrow.Message.Length > 0 ? arrow.Message : label)}</title><text class="time" x="{Rail - 10}" y="{y + 4:0.#}">{arrow.At.TotalSeconds:0.000}</text><path class="arrow {arrow.Tone}" d="{path}" marker-end="url(#tip)"/><text class="label" x="{middle}" y="{y - 5:0.#}">{Escape(Cut(label, room))}</text>"""
        );
        if (arrow.Findings.Count > 0)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<text class="mark" x="{Math.Max(from, to) + 8}" y="{y + 4:0.#}">{Escape(string.Join(' ', arrow.Findings))}</text>"""
            );
        }

        svg.Append("</g>");
    }

    private static int X(int column) => Rail + (ColumnGap / 2) + (column * ColumnGap);

    // Of a long name both ends tell most: the prefix of an address, and its host.
    private static string Middle(string text)
    {
        const int Room = 22;
        return text.Length <= Room ? text : string.Concat(text.AsSpan(0, 10), "…", text.AsSpan(text.Length - 11));
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
