namespace Ringfence.Diagnosis.Ladder;

/// <summary>Draws a ladder as SVG: one picture for pages, reports and print. Within a page, colours and style are the page's.</summary>
public static class SvgLadder
{
    // A picture between these widths may shrink to the page, as far as it stays legible; a wider one is scrolled.
    private const int Wide = 900;
    private const int TooWide = 1_300;

    /// <summary>Draws a picture of its own.</summary>
    /// <param name="ladder">What to draw.</param>
    /// <param name="time">How time runs down.</param>
    /// <param name="title">What the picture shows, for screen readers.</param>
    public static string Draw(CallLadder ladder, LadderTime time, string title) =>
        Draw(ladder, new SvgOptions { Time = time, Title = title });

    /// <summary>Draws the picture.</summary>
    /// <param name="ladder">What to draw.</param>
    /// <param name="options">Time, language, and whether it stands in a page.</param>
    public static string Draw(CallLadder ladder, SvgOptions options)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        ArgumentNullException.ThrowIfNull(options);
        var layout = new SvgLayout(ladder, options);
        var svg = new SvgWriter();
        var title = SvgWriter.Escape(options.Title);
        svg.Add(
            $"""<svg class="{(layout.Width is > Wide and <= TooWide ? "rf wide" : "rf")}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {layout.Width} {layout.Height}" width="{layout.Width}" height="{layout.Height}" role="{(options.Anchor is null ? "img" : "group")}" aria-label="{title}"><title>{title}</title>"""
        );
        if (options.Anchor is null)
        {
            svg.Raw("<style>").Raw(LadderAssets.Colours).Raw(LadderAssets.Picture).Raw("</style>");
            svg.Add($"""<rect class="paper" width="{layout.Width}" height="{layout.Height}"/>""");
        }
        else
        {
            svg.Add($"""<g class="rf" id="{SheetId(options)}">""");
        }

        Content(svg, ladder, layout, options);
        return svg.Raw(options.Anchor is null ? "</svg>" : "</g></svg>").ToString();
    }

    /// <summary>Everything in the picture.</summary>
    internal static void Content(SvgWriter svg, CallLadder ladder, SvgLayout layout, SvgOptions options)
    {
        var words = LadderWords.In(options.Language);
        SvgScenery.Columns(svg, ladder, layout);
        var bands = new SvgBands(svg, layout, words);
        bands.Draw(ladder.Spans);
        SvgScenery.Folds(svg, ladder, layout, words);
        var labels = new SvgLabels();
        SvgScenery.Brackets(svg, ladder, layout, labels, words);
        SvgScenery.Forks(svg, ladder, layout, labels, words);
        var arrows = new SvgArrows(svg, layout, labels, words, options.Anchor);
        for (var i = 0; i < ladder.Arrows.Count; i++)
        {
            var before = i == 0 ? TimeSpan.Zero : ladder.Arrows[i].At - ladder.Arrows[i - 1].At;
            arrows.Draw(ladder.Arrows[i], layout.Row(i), before);
        }

        bands.Write(labels);
        SvgScenery.Ticks(svg, ladder, layout);
        if (options.Parting is { } parting)
        {
            SvgScenery.Parting(svg, layout, parting.Step, parting.Words);
        }
    }

    /// <summary>The same picture in sheets for print, for a page that has it already.</summary>
    internal static string Sheets(CallLadder ladder, SvgOptions options) =>
        SvgSheets.Draw(ladder, new SvgLayout(ladder, options), SheetId(options));

    private static string SheetId(SvgOptions options) => $"{options.Anchor}s{options.Time}";
}
