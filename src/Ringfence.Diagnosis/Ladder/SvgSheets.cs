namespace Ringfence.Diagnosis.Ladder;

/// <summary>
/// A picture cut into sheets for paper, between its rows and with the names of the hosts above each: printers cut a picture where a page ends,
/// through the middle of an arrow. The sheets show the picture that stands in the page already.
/// </summary>
internal static class SvgSheets
{
    private const double Above = 26;

    // A4 upright, with margins, and the head above each sheet.
    private const double Share = 1.2;

    public static string Draw(CallLadder ladder, SvgLayout layout, string id)
    {
        var svg = new SvgWriter();
        svg.Raw("""<div class="sheets" aria-hidden="true">""");
        double top = 0;
        while (top < layout.Height)
        {
            var bottom = End(ladder, layout, top);
            var head = top > 0 ? SvgLayout.Head : 0;
            var height = head + bottom - top;
            svg.Add(
                $"""<svg class="rf" viewBox="0 0 {layout.Width} {height:0.#}" width="{layout.Width}" height="{height:0.#}">"""
            );
            Window(svg, layout, id, 0, 0, head);
            Window(svg, layout, id, head, top, bottom - top);
            svg.Raw("</svg>");
            top = bottom;
        }

        return svg.Raw("</div>").ToString();
    }

    /// <summary>Above the last row that would be cut.</summary>
    private static double End(CallLadder ladder, SvgLayout layout, double top)
    {
        var most = top + (layout.Width * Share);
        if (most >= layout.Height)
        {
            return layout.Height;
        }

        var cut = Enumerable
            .Range(0, ladder.Arrows.Count)
            .Select(row => layout.Row(row) - Above)
            .Where(edge => edge > top && edge <= most)
            .DefaultIfEmpty(most)
            .Max();
        // A long wait is empty: there it may be cut anywhere.
        return cut < top + ((most - top) / 2) ? most : cut;
    }

    private static void Window(SvgWriter svg, SvgLayout layout, string id, double y, double top, double height)
    {
        if (height > 0)
        {
            svg.Add(
                $"""<svg y="{y:0.#}" width="{layout.Width}" height="{height:0.#}" viewBox="0 {top:0.#} {layout.Width} {height:0.#}"><use href="#{id}"/></svg>"""
            );
        }
    }
}
