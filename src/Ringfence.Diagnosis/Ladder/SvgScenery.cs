using System.Globalization;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>Everything of a ladder but its arrows: columns, bands of media, cuts in time, brackets, forks and ticks.</summary>
internal static class SvgScenery
{
    private const double Letter = 6.2;

    public static void Columns(SvgWriter svg, CallLadder ladder, SvgLayout layout)
    {
        svg.Line("rail", SvgLayout.Rail, SvgLayout.Head, SvgLayout.Rail, layout.Height - 8);
        var room = (int)((layout.Gap - 14) / 8.6);
        for (var i = 0; i < ladder.Hosts.Count; i++)
        {
            var (host, x) = (ladder.Hosts[i], layout.X(i));
            svg.Raw("<g>").Title($"{host.Name} {host.Address}".TrimEnd());
            svg.Add($"""<path class="icon" transform="translate({x - 9} 6)" d="{Icon(host.Role)}"/>""");
            svg.Text("host", x, 42, SvgWriter.Middle(host.Name, room));
            svg.Text("addr", x, 57, SvgWriter.Middle(host.Address, room)).Raw("</g>");
            svg.Line("life", x, SvgLayout.Head - 8, x, layout.Height - 8);
        }
    }

    /// <summary>Bands of one pair of columns that run at once lie side by side.</summary>
    public static void Bands(SvgWriter svg, CallLadder ladder, SvgLayout layout, LadderWords words)
    {
        var spans = ladder.Spans.Where(span => span.From != span.To && !span.IsEvents).ToList();
        foreach (var pair in spans.GroupBy(s => (Math.Min(s.From, s.To), Math.Max(s.From, s.To))))
        {
            foreach (var span in pair)
            {
                var beside = pair.Where(other => other.Start < span.End && span.Start < other.End).ToList();
                var (left, right) = (layout.X(pair.Key.Item1) + 1.0, layout.X(pair.Key.Item2) - 1.0);
                var width = (right - left) / beside.Count;
                Band(svg, span, left + (beside.IndexOf(span) * width), width, layout, words);
            }
        }
    }

    private static void Band(
        SvgWriter svg,
        LadderSpan span,
        double left,
        double width,
        SvgLayout layout,
        LadderWords words
    )
    {
        var top = layout.At(span.Start);
        var bottom = Math.Max(top + 6, layout.At(span.End));
        var seconds = (span.End - span.Start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        var arrow = span.To > span.From ? "▸" : "◂";
        svg.Add($"""<g class="band {(span.IsEarly ? "early" : "talk")}">""")
            .Title(
                $"{words[span.IsEarly ? "early" : "talk"]} {span.Label}, {seconds} s\n{string.Join('\n', span.Heard.Select(h => h.Label))}"
            );
        svg.Add($"""<rect x="{left:0.#}" y="{top:0.#}" width="{width:0.#}" height="{bottom - top:0.#}"/>""");
        foreach (var heard in span.Heard)
        {
            var (from, to) = (Math.Max(top, layout.At(heard.Start)), Math.Min(bottom, layout.At(heard.End)));
            if (to - from < 1)
            {
                continue;
            }

            svg.Add(
                $"""<rect class="{(heard.IsSilence ? "silence" : "sound")}" x="{left + 3:0.#}" y="{from:0.#}" width="3" height="{to - from:0.#}"/>"""
            );
        }

        var (y, lines) = layout.Free(top, bottom);
        if (lines == 0)
        {
            svg.Raw("</g>");
            return;
        }

        var what = $"{arrow} {words[span.IsEarly ? "early" : "talk"]}, {seconds} s";
        svg.Text("what", left + (width / 2), y, SvgWriter.Cut(what, (width - 16) / Letter));
        if (lines > 1 && Loudest(span) is { } said)
        {
            svg.Text("what heard", left + (width / 2), y + 15, SvgWriter.Cut(said, (width - 16) / Letter));
        }

        svg.Raw("</g>");
    }

    private static string? Loudest(LadderSpan span) =>
        span.Heard.Count == 0
            ? null
            : string.Join(
                " · ",
                span.Heard.OrderBy(h => h.IsSilence).ThenByDescending(h => h.End - h.Start).Take(2).Select(h => h.Label)
            );

    public static void Folds(SvgWriter svg, CallLadder ladder, SvgLayout layout, LadderWords words)
    {
        double[] columns = [SvgLayout.Rail, .. ladder.Hosts.Select((_, i) => (double)layout.X(i))];
        foreach (var (y, cut) in layout.Folds)
        {
            var seconds = cut.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
            svg.Raw("""<g class="fold">""").Title($"{seconds} s, {words["cut"]}");
            foreach (var x in columns)
            {
                svg.Add($"""<path class="hole" d="M{x - 6:0.#} {y - 3:0.#}h12v6h-12z"/>""");
                svg.Add($"""<path d="M{x - 7:0.#} {y - 1:0.#}l14 -5M{x - 7:0.#} {y + 6:0.#}l14 -5"/>""");
            }

            svg.Text("time", SvgLayout.Rail - 10, y + 4, $"⋯ {seconds} s").Raw("</g>");
        }
    }

    public static void Brackets(SvgWriter svg, CallLadder ladder, SvgLayout layout, LadderWords words)
    {
        foreach (var bracket in ladder.Brackets)
        {
            var x = layout.X(bracket.Host) - 8;
            var top = layout.At(bracket.Start);
            var bottom = bracket.End is { } end ? layout.At(end) : layout.Height - 16;
            var about = bracket.End is null ? $", {words["unacknowledged"]}" : "";
            svg.Add($"""<g class="bracket{(bracket.End is null ? " open" : "")}">""")
                .Title($"{words["reliable"]} {bracket.Number}{about}");
            svg.Add($"""<path d="M{x} {top:0.#}h-7V{bottom:0.#}{(bracket.End is null ? "" : "h7")}"/>""");
            svg.Add(
                $"""<text class="small" transform="translate({x - 11} {(top + bottom) / 2:0.#}) rotate(-90)">{(bracket.End is null ? SvgWriter.Escape(words["unacknowledged"]) : "PRACK")}</text></g>"""
            );
        }
    }

    public static void Forks(SvgWriter svg, CallLadder ladder, SvgLayout layout, LadderWords words)
    {
        foreach (var (host, lanes) in ladder.Forks.GroupBy(f => f.Host).Select(g => (g.Key, g.ToList())))
        {
            for (var i = 0; i < lanes.Count; i++)
            {
                var (fork, x) = (lanes[i], layout.X(host) + 12.0 + (i * 10));
                var bottom = fork.End is { } end ? layout.At(end) : layout.Height - 12;
                var top = layout.At(fork.Responses[0]);
                svg.Add($"""<g class="fork{(fork.Answered ? " answered" : "")}">""")
                    .Title($"{words["fork"]} {fork.Name}, tag {fork.Tag}");
                svg.Line("lane", x, top, x, bottom);
                foreach (var response in fork.Responses)
                {
                    svg.Add($"""<circle cx="{x:0.#}" cy="{layout.At(response):0.#}" r="3"/>""");
                }

                if (fork.End is not null && !fork.Answered)
                {
                    svg.Line("bar", x - 4, bottom, x + 4, bottom);
                }

                svg.Text("small", x, top - 6, fork.Name).Raw("</g>");
            }
        }
    }

    public static void Ticks(SvgWriter svg, CallLadder ladder, SvgLayout layout)
    {
        foreach (var tick in ladder.Ticks)
        {
            var (x, y) = (layout.X(tick.Host), layout.At(tick.At));
            svg.Raw("""<g class="tick">""").Title(tick.About);
            if (tick.Label.Length == 0)
            {
                svg.Line("mark", x - 5, y, x + 5, y).Raw("</g>");
                continue;
            }

            svg.Add($"""<rect x="{x - 7}" y="{y - 8:0.#}" width="14" height="16" rx="3"/>""");
            svg.Text("digit", x, y + 4, tick.Label).Raw("</g>");
        }
    }

    private static string Icon(LadderRole role) =>
        role switch
        {
            LadderRole.Caller =>
                "M4 1.5 7.5 1 9 5 7 6.5c1 2 2.5 3.5 4.5 4.5L13 9l4 1.5-.5 3.5c-.2 1.2-1 2-2.2 1.900C8 15.4 2.6 10 2.100 3.700 2 2.5 2.800 1.700 4 1.5z",
            LadderRole.Callee =>
                "M4 1.5 7.5 1 9 5 7 6.5c1 2 2.5 3.5 4.5 4.5L13 9l4 1.5-.5 3.5c-.2 1.2-1 2-2.2 1.900C8 15.4 2.6 10 2.100 3.700 2 2.5 2.800 1.700 4 1.5zM11 1c3.5.2 5.800 2.5 6 6h-1.6c-.2-2.6-1.800-4.2-4.4-4.4z",
            LadderRole.Media => "M1 8h2l2-5 3 11 3-13 2 10 1.5-3H17v1.6h-1.6L13 14 11 6 8 17 5 7.5 4 9.6H1z",
            _ => "M2 2h14v5H2zm0 7h14v5H2zm2-5v1.4h2V4zm0 7v1.4h2V11z",
        };
}
