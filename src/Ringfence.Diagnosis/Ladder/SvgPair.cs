namespace Ringfence.Diagnosis.Ladder;

/// <summary>Two ladders side by side in one picture of its own.</summary>
internal static class SvgPair
{
    private const int Head = 34;
    private const int Between = 24;

    public static string Draw(
        (CallLadder Ladder, SvgOptions Options) left,
        (CallLadder Ladder, SvgOptions Options) right
    )
    {
        var (leftLayout, rightLayout) = (
            new SvgLayout(left.Ladder, left.Options),
            new SvgLayout(right.Ladder, right.Options)
        );
        var x = leftLayout.Width + Between;
        var (width, height) = (x + rightLayout.Width, Head + Math.Max(leftLayout.Height, rightLayout.Height));
        var svg = new SvgWriter();
        var title = SvgWriter.Escape($"{left.Options.Title}, {right.Options.Title}");
        svg.Add(
            $"""<svg class="rf" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{title}"><title>{title}</title><style>"""
        );
        svg.Raw(LadderAssets.Colours).Raw(LadderAssets.Picture).Raw("</style>");
        svg.Add($"""<rect class="paper" width="{width}" height="{height}"/>""");
        Half(svg, left, leftLayout, 0);
        Half(svg, right, rightLayout, x);
        return svg.Raw("</svg>").ToString();
    }

    private static void Half(SvgWriter svg, (CallLadder Ladder, SvgOptions Options) half, SvgLayout layout, int x)
    {
        svg.Text("side", x + 12, 22, SvgWriter.Fit(half.Options.Title, layout.Width - 24, isLight: false));
        svg.Add($"""<svg x="{x}" y="{Head}" width="{layout.Width}" height="{layout.Height}">""");
        SvgLadder.Content(svg, half.Ladder, layout, half.Options);
        svg.Raw("</svg>");
    }
}
