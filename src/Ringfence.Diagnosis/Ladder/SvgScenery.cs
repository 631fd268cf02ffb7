namespace Ringfence.Diagnosis.Ladder;

/// <summary>Everything of a ladder but its arrows: columns, bands of media, cuts in time, brackets, forks and ticks.</summary>
internal static class SvgScenery
{
    private const int LaneStep = 10;

    public static void Columns(SvgWriter svg, CallLadder ladder, SvgLayout layout)
    {
        svg.Line("rail", SvgLayout.Rail, SvgLayout.Head, SvgLayout.Rail, layout.Height - layout.Foot - 8);
        var room = layout.Columns.NameLength;
        for (var i = 0; i < ladder.Hosts.Count; i++)
        {
            var (host, x) = (ladder.Hosts[i], layout.X(i));
            svg.Raw("<g>").Title($"{host.Name} {host.Address} {host.Product}".TrimEnd());
            svg.Add($"""<path class="icon" transform="translate({x - 9} 4)" d="{Icon(host.Role)}"/>""");
            svg.Text("host", x, 39, SvgWriter.Middle(host.Name, room));
            svg.Text("addr", x, 53, SvgWriter.Middle(host.Address, room));
            svg.Text("addr", x, 66, SvgWriter.Fit(host.Product, layout.Gap - 14, isLight: true)).Raw("</g>");
            svg.Line("life", x, SvgLayout.Head, x, layout.Height - layout.Foot - 8);
            if (layout.Foot > 0)
            {
                svg.Text("host", x, layout.Height - 12, SvgWriter.Middle(host.Name, room));
            }
        }
    }

    public static void Folds(SvgWriter svg, CallLadder ladder, SvgLayout layout, LadderWords words)
    {
        double[] columns = [SvgLayout.Rail, .. ladder.Hosts.Select((_, i) => (double)layout.X(i))];
        foreach (var (y, cut) in layout.Folds)
        {
            var seconds = words.Seconds(cut);
            svg.Raw("""<g class="fold">""").Title($"{seconds}, {words["cut"]}");
            foreach (var x in columns)
            {
                svg.Add($"""<path class="hole" d="M{x - 6:0.#} {y - 3:0.#}h12v6h-12z"/>""");
                svg.Add($"""<path d="M{x - 7:0.#} {y - 1:0.#}l14 -5M{x - 7:0.#} {y + 6:0.#}l14 -5"/>""");
            }

            svg.Text("time", SvgLayout.Rail - 10, y + 4, $"⋯ {seconds}").Raw("</g>");
        }
    }

    /// <summary>Brackets of one column that overlap lie beside each other.</summary>
    public static void Brackets(SvgWriter svg, CallLadder ladder, SvgLayout layout, SvgLabels labels, LadderWords words)
    {
        const int Shortest = 44;
        Dictionary<(int Host, int Lane), double> until = [];
        foreach (var bracket in ladder.Brackets.OrderBy(bracket => bracket.Start))
        {
            var top = layout.At(bracket.Start);
            var bottom = (bracket.End ?? bracket.Until) is { } end ? layout.At(end) : layout.Bottom;
            var lane = 0;
            while (until.TryGetValue((bracket.Host, lane), out var taken) && taken >= top)
            {
                lane++;
            }

            until[(bracket.Host, lane)] = bottom;
            var x = layout.X(bracket.Host) - 8 - (lane * 21);
            labels.Take(x - 18, top, x, bottom);
            var about = bracket.End is null ? $", {words["unacknowledged"]}" : "";
            svg.Add($"""<g class="bracket{(bracket.End is null ? " open" : "")}">""")
                .Title($"{words["reliable"]} {bracket.Number}{about}");
            svg.Add($"""<path d="M{x} {top:0.#}h-7V{bottom:0.#}{(bracket.End is null ? "" : "h7")}"/>""");
            if (bottom - top >= Shortest)
            {
                svg.Add(
                    $"""<text class="small" transform="translate({x - 11} {(top + bottom) / 2:0.#}) rotate(-90)">{(bracket.End is null ? SvgWriter.Escape(words["unacknowledged"]) : "PRACK")}</text>"""
                );
            }

            svg.Raw("</g>");
        }
    }

    public static void Forks(SvgWriter svg, CallLadder ladder, SvgLayout layout, SvgLabels labels, LadderWords words)
    {
        foreach (var lanes in ladder.Forks.GroupBy(fork => fork.Host))
        {
            foreach (var (i, fork) in lanes.Index())
            {
                var x = layout.X(fork.Host) + 12.0 + (i * LaneStep);
                var bottom = fork.End is { } end ? layout.At(end) : layout.Bottom;
                var top = layout.At(fork.Responses[0]);
                labels.Take(x - 4, top - 14, x + 4, bottom);
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

    /// <summary>The line above the first row in which two calls differ.</summary>
    public static void Parting(SvgWriter svg, SvgLayout layout, int step, string words)
    {
        // Between the time of the row below and the CSeq of the row above.
        var y = SvgLayout.OfStep(step) - 24;
        svg.Raw("""<g class="parting">""");
        svg.Line("", 0, y, layout.Width, y);
        svg.Text("", layout.Width - 6, y + 4, words).Raw("</g>");
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
